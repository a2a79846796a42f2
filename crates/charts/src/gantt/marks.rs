//! The marks of the lanes: bars, diamonds, ticks, and the dates beside them.

use maud::{Markup, html};

use super::{Gantt, Lane, Layout, SMALL, Shape, State, WEEK};
use crate::{number, paint, text};

const THICK: f64 = 16.0;
const DIAMOND: f64 = 9.0;

/// Room that the dates of a lane need beside its mark, with the sign of its state.
pub(super) fn dates_room(lane: &Lane) -> f64 {
    let sign = if lane.state == State::Plain { 0.0 } else { 20.0 };
    text::width(&lane.dates, SMALL) + sign + 14.0
}

/// The mark of a lane, its sign and its dates, around the middle line `y`.
pub(super) fn mark(gantt: &Gantt, lane: &Lane, layout: &Layout, y: f64) -> Markup {
    let fill = paint::category(&gantt.id, lane.categories.first().copied().unwrap_or(0));
    let day = WEEK / 7.0;
    let (left, right) = match lane.shape {
        Shape::Bar => (layout.x(lane.from), layout.x(lane.to.max(lane.from) + 1)),
        Shape::Diamond => {
            let middle = layout.x(lane.from) + day / 2.0;
            (middle - DIAMOND, middle + DIAMOND)
        }
        Shape::Open => (layout.x(lane.from), layout.x(gantt.to + 1)),
    };
    let class = match lane.state {
        State::Plain => "kc-mark",
        State::Done => "kc-mark kc-is-done",
        State::Overdue => "kc-mark kc-late-line",
    };
    let late = lane.state == State::Overdue;
    let outline = late.then_some("#b3140c");
    let outline_width = late.then_some("2.5");
    let fade = (lane.state == State::Done).then_some("0.55");
    let sign_room = if lane.state == State::Plain { 0.0 } else { 20.0 };
    let on_the_left = gantt.dates_fit_left(lane);
    let (sign_x, text_x, anchor) = if on_the_left {
        (left - 13.0, left - 6.0 - sign_room, "end")
    } else {
        (right + 13.0, right + 7.0 + sign_room, "start")
    };
    html! {
        @match lane.shape {
            Shape::Bar => rect class=(class) x=(number(left)) y=(number(y - THICK / 2.0)) width=(number(right - left))
                height=(number(THICK)) rx="5" fill=(fill) stroke=[outline] stroke-width=[outline_width] opacity=[fade] {},
            Shape::Diamond => path class=(class) d=(diamond(f64::midpoint(left, right), y))
                fill=(fill) stroke=[outline] stroke-width=[outline_width] stroke-linejoin="round" opacity=[fade] {},
            Shape::Open => path class=(class) d=(arrow(left, right, y)) fill=(fill) stroke=[outline]
                stroke-width=[outline_width] stroke-linejoin="round" opacity=[fade] {},
        }
        @match lane.state {
            State::Plain => {},
            State::Done => (tick(sign_x, y)),
            State::Overdue => (self::late(sign_x, y)),
        }
        @if late {
            (dates(lane, text_x, y, anchor, ("kc-late kc-halo", "#b3140c", "bold")))
        } @else {
            (dates(lane, text_x, y, anchor, ("kc-quiet kc-halo", "#5b5b57", "normal")))
        }
    }
}

/// The dates, with an edge of the ground's colour so that rules and hatching do not cross the letters.
fn dates(lane: &Lane, x: f64, y: f64, anchor: &str, look: (&str, &str, &str)) -> Markup {
    let (class, colour, weight) = look;
    html! {
        text class=(class) x=(number(x)) y=(number(y + 4.2)) font-size="12" font-weight=(weight) text-anchor=(anchor)
            fill=(colour) stroke="#ffffff" stroke-width="4" stroke-linejoin="round" paint-order="stroke" {
            (lane.dates)
        }
    }
}

fn diamond(x: f64, y: f64) -> String {
    let d = DIAMOND;
    format!(
        "M{} {}L{} {}L{} {}L{} {}Z",
        number(x),
        number(y - d),
        number(x + d),
        number(y),
        number(x),
        number(y + d),
        number(x - d),
        number(y)
    )
}

/// A bar with a point: it goes on.
fn arrow(left: f64, right: f64, y: f64) -> String {
    let half = THICK / 2.0;
    let neck = (right - half).max(left);
    format!(
        "M{l} {t}L{n} {t}L{r} {m}L{n} {b}L{l} {b}Z",
        l = number(left),
        n = number(neck),
        r = number(right),
        t = number(y - half),
        m = number(y),
        b = number(y + half)
    )
}

/// A tick in a circle.
pub(super) fn tick(x: f64, y: f64) -> Markup {
    let d = format!("M{} {}l2.6 2.8l4.8-5.4", number(x - 3.7), number(y + 0.4));
    html! {
        circle class="kc-quiet" cx=(number(x)) cy=(number(y)) r="7.5" fill="#5b5b57" {}
        path class="kc-on-mark-line" d=(d) fill="none" stroke="#ffffff" stroke-width="1.8" stroke-linecap="round"
            stroke-linejoin="round" {}
    }
}

/// An exclamation mark in a triangle.
pub(super) fn late(x: f64, y: f64) -> Markup {
    let d = format!("M{} {}l8 14h-16z", number(x), number(y - 8.0));
    html! {
        path class="kc-late kc-late-line" d=(d) fill="#b3140c" stroke="#b3140c" stroke-width="1.5" stroke-linejoin="round" {}
        path class="kc-on-mark-line" d=(format!("M{} {}v4.2m0 2.7v.2", number(x), number(y - 3.6))) fill="none"
            stroke="#ffffff" stroke-width="1.9" stroke-linecap="round" {}
    }
}

/// The span of a group as a thin line with feet.
pub(super) fn bracket(left: f64, right: f64, y: f64) -> Markup {
    let d = format!(
        "M{l} {b}V{y}H{r}V{b}",
        l = number(left),
        r = number(right),
        y = number(y),
        b = number(y + 6.0)
    );
    html! { path class="kc-bracket" d=(d) fill="none" stroke="#5b5b57" stroke-width="2" stroke-linejoin="round" {} }
}
