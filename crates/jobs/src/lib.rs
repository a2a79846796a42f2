//! Work after the answer: clocks, documents, publication.
