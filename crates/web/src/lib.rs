//! Pages: routes, page structs, components, static files.
