//! How many pages a text document says it has: its program wrote the number down when it last laid the text out.
//!
//! Only that program could count them again, so the number is taken as said. It may be wrong, which harms nobody: it
//! tells how much was asked for. Where it does not stand, it is not guessed.

use crate::package::Package;
use crate::xml::{ControlFlow, Step};

/// A number beyond this is a mistake.
const MOST: usize = 20_000;

/// Of a Word document: the element `Pages` of its extended properties.
pub(crate) fn of_docx(package: &mut Package<'_>) -> Option<u32> {
    let (mut within, mut said) = (false, String::new());
    let walked = package.walk("docprops/app.xml", |step| {
        match step {
            Step::Open("Pages", _) => within = true,
            Step::Text(text) if within => said.push_str(text),
            Step::Close("Pages") => return ControlFlow::Break(()),
            _ => {}
        }
        ControlFlow::Continue(())
    });
    walked.ok().and_then(|_| sensible(said.trim().parse().ok()))
}

/// Of an OpenDocument text: the page count of its statistics.
pub(crate) fn of_odt(package: &mut Package<'_>) -> Option<u32> {
    let mut said = None;
    let walked = package.walk("meta.xml", |step| {
        if let Step::Open("document-statistic", element) = step {
            said = element.number("page-count");
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    });
    walked.ok().and_then(|_| sensible(said))
}

fn sensible(said: Option<usize>) -> Option<u32> {
    u32::try_from(said.filter(|pages| (1..=MOST).contains(pages))?).ok()
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use super::*;
    use crate::limits::Limits;
    use crate::source::Source;

    fn stated(part: &str, text: &str, read: fn(&mut Package<'_>) -> Option<u32>) -> Option<u32> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        zip.start_file(part, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
        let bytes = zip.finish().unwrap().into_inner();
        let limits = Limits::default();
        let source = Source::of_reader(Cursor::new(bytes), &limits).unwrap();
        read(&mut Package::open(&source, &limits).unwrap())
    }

    #[test]
    fn a_word_document_says_it_in_its_properties() {
        let of = |pages: &str| {
            let text = format!("<Properties><Words>9</Words><Pages>{pages}</Pages></Properties>");
            stated("docProps/app.xml", &text, of_docx)
        };
        assert_eq!(of("31"), Some(31));
        for mistaken in ["0", "", "many", "-3", "99999999"] {
            assert_eq!(of(mistaken), None, "{mistaken}");
        }
        assert_eq!(stated("docProps/app.xml", "<Properties><Pages>3", of_docx), None, "broken off");
        assert_eq!(stated("word/document.xml", "<a/>", of_docx), None);
    }

    #[test]
    fn an_opendocument_text_says_it_in_its_statistics() {
        let text = "<m:meta xmlns:m='m'><m:document-statistic m:word-count='900' m:page-count='4'/></m:meta>";
        assert_eq!(stated("meta.xml", text, of_odt), Some(4));
        assert_eq!(stated("meta.xml", "<meta/>", of_odt), None);
    }
}
