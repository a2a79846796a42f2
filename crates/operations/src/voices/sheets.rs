//! What is printed of a survey: the questions on paper, cards with codes, a sheet that reminds.

use jiff::Timestamp;
use keyline_domain::clock::in_london;
use keyline_domain::documents::{Block, Document};
use keyline_domain::voices::codes::Code;
use keyline_domain::voices::paper::{
    Invitation, InvitationWords, PaperHead, PaperWords, Reminder, SheetHead, invitation_sheet, paper_form,
    reminder_sheet,
};
use keyline_store::voices::Survey;
use keyline_words::Words;

use super::opened::OpenedSurvey;
use crate::context::Cx;

/// Makes a QR code of a text: stand-alone SVG. Handed in by the pages, which have the crate for it.
pub(super) type Qr<'q> = &'q dyn Fn(&str) -> String;

fn head(cx: &Cx, w: Words<'_>, title: String, subtitle: String) -> SheetHead {
    SheetHead {
        title,
        subtitle,
        language: w.lang().to_owned(),
        author: w.t("product"),
        date: cx.today(),
        date_text: w.date(cx.today()),
    }
}

/// An address as it is typed.
fn typed(address: &str) -> String {
    address.trim_start_matches("https://").trim_start_matches("http://").to_owned()
}

fn until(w: Words<'_>, at: Timestamp) -> String {
    w.date_time(&in_london(at))
}

/// Cards with codes to cut out. This is the only place where the codes are. `base` is the survey's link.
pub fn code_sheet(
    cx: &Cx,
    survey: &Survey,
    codes: &[Code],
    base: &str,
    qr: Qr<'_>,
    w: Words<'_>,
) -> Document {
    let words = InvitationWords {
        title: survey.title.clone(),
        explanation: w.t("card-explanation"),
        address: typed(base),
        qr_alt: w.t("card-qr"),
    };
    let invitations = codes
        .iter()
        .map(|code| Invitation { code: code.clone(), qr_svg: qr(&format!("{base}/with/{}", code.plain())) })
        .collect();
    let subtitle = w.with("card-sheet-until", &[("at", &until(w, survey.closes_at))]);
    invitation_sheet(head(cx, w, survey.title.clone(), subtitle), &words, invitations)
}

/// One page that reminds people of a survey.
pub fn reminder(cx: &Cx, survey: &Survey, link: &str, qr_svg: &str, w: Words<'_>) -> Document {
    let reminder = Reminder {
        facts: vec![
            (w.t("reminder-who"), w.t(&format!("audience-{}", survey.audience))),
            (w.t("reminder-until"), until(w, survey.closes_at)),
        ],
        call: w.t("reminder-call"),
        explanation: w.t("reminder-explanation"),
        address: typed(link),
        href: link.to_owned(),
        qr_svg: qr_svg.to_owned(),
        qr_alt: w.t("card-qr"),
        anonymous_title: w.t("reminder-anonymous-title"),
        anonymous: w.t("reminder-anonymous"),
    };
    reminder_sheet(head(cx, w, survey.title.clone(), String::new()), reminder)
}

/// The questions on paper, in the language of the words.
pub fn paper_sheet(
    cx: &Cx,
    opened: &OpenedSurvey,
    introduction: Vec<Block>,
    notice: Vec<Block>,
    help: Vec<Block>,
    w: Words<'_>,
) -> Document {
    let only_if = |labels: &[&str], number: usize| {
        let answers = labels.join(&w.t("paper-or"));
        w.with("paper-only-if", &[("answers", &answers), ("number", &number)])
    };
    let t = |key: &str| w.t(&format!("paper-{key}"));
    let words = PaperWords {
        tick_one: t("tick-one"),
        tick_several: t("tick-several"),
        put_in_order: t("put-in-order"),
        tick_to_agree: t("tick-to-agree"),
        agreed: w.t("answer-tick"),
        write_here: t("write-here"),
        write_number: t("write-number"),
        write_date: t("write-date"),
        write_time: t("write-time"),
        day: w.t("date-day"),
        month: w.t("date-month"),
        year: w.t("date-year"),
        hour: t("hour"),
        minute: t("minute"),
        please_answer: t("please-answer"),
        if_it_applies: t("if-it-applies"),
        copy_for_more: t("copy-for-more"),
        sheet_number: t("sheet-number"),
        sheet_number_hint: t("sheet-number-hint"),
        notice_title: w.t("survey-before-sending"),
        help_title: w.t("survey-help-now"),
        only_if: &only_if,
    };
    let survey = &opened.public.survey;
    let head = PaperHead {
        title: survey.title.clone(),
        subtitle: w.t("survey-above"),
        author: w.t("product"),
        date: cx.today(),
        date_text: w.date(cx.today()),
        large: survey.audience == "children",
        introduction,
        notice,
        help,
    };
    paper_form(opened.form.form(), w.lang(), &words, head)
}
