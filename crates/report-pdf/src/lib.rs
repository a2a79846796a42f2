//! Tagged PDF/UA-1 documents with Typst: the published report and the letters.
