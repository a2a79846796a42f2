//! Writes the fictional sample documents of the tests as PDF into a folder: `samples FOLDER`, for `scripts/check-pdf`
//! and for looking at the layout. As `samples render-document` it is the child process of the tests.

use std::path::Path;
use std::process::ExitCode;
use std::{env, fs};

use keyline_report_pdf::{child, render};

#[path = "../tests/samples/by_hand.rs"]
mod by_hand;
#[path = "../tests/samples/mod.rs"]
mod samples;

fn main() -> ExitCode {
    match env::args().nth(1).as_deref() {
        Some(child::SUBCOMMAND) => child::child_main(),
        Some(folder) => {
            fs::create_dir_all(folder).expect("the folder can be made");
            for (name, document) in [
                ("report", samples::report()),
                ("letter", samples::letter()),
                ("paper", samples::paper()),
                ("information", samples::information()),
                ("survey-children", by_hand::children()),
                ("survey-children-arabic", by_hand::children_in_arabic()),
                ("survey-staff", by_hand::staff()),
                ("survey-every-room", by_hand::every_room()),
                ("invitations", by_hand::invitations(23)),
                ("reminder", by_hand::reminder()),
            ] {
                let pdf = render(&document).expect("the samples are without fault");
                fs::write(Path::new(folder).join(format!("{name}.pdf")), pdf)
                    .expect("the folder can be written");
            }
            ExitCode::SUCCESS
        }
        None => ExitCode::FAILURE,
    }
}
