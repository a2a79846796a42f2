//! What everybody sees: the areas being inspected, published reports, help, and what we say of ourselves.

mod home;

use crate::frame::{Gate, Routes};

/// The routes of the room.
pub(crate) fn routes(r: Routes) -> Routes {
    r.get("/", Gate::Public, home::get).get("/language/{lang}", Gate::Public, home::language)
}
