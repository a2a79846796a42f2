//! One function per verb of the field: authorise, load, decide, store, audit, enqueue.
