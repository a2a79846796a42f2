//! A plan in time: lanes in groups, bars and diamonds, weeks and months above, stretches that do not count.
//!
//! Days are numbers (any origin), so that this crate needs no calendar. Layout goes from top to bottom:
//! legend, months, weeks, then per group a heading and its lanes. A lane's marks are painted in
//! [`marks`](self::marks); this file decides where things stand.

mod marks;

use maud::{Markup, html};

use crate::{Picture, Size, frame, number, paint, text};

/// A day, counted from any origin.
pub type Day = i32;

/// Everything a picture of a plan shows. All words are given, so that it speaks any language.
#[derive(Debug, Clone)]
pub struct Gantt {
    /// Prefix of the ids in the picture, unique in the page.
    pub id: String,
    /// Name of the picture, read out first.
    pub title: String,
    /// What the picture shows in a sentence or two.
    pub description: String,
    /// First day shown, best a Monday.
    pub from: Day,
    /// Last day shown; leave a week or two beyond the start of a lane without an end.
    pub to: Day,
    /// Names of the months (or other larger units), in order.
    pub months: Vec<Mark>,
    /// Weeks with their numbers; an empty label where none is counted.
    pub weeks: Vec<Mark>,
    /// Heading of the row of weeks, for example "Week".
    pub week_heading: String,
    /// Stretches that do not count, hatched over the whole height.
    pub uncounted: Vec<Mark>,
    /// Today's line, when today lies within.
    pub today: Option<(Day, String)>,
    /// Names of the categories, in the order of their colours; at most [`paint::CATEGORIES`] differ.
    pub categories: Vec<String>,
    /// The groups of lanes.
    pub groups: Vec<Group>,
    /// Words of the legend.
    pub words: Words,
}

/// Words of the legend beside the categories. An empty one is left out.
#[derive(Debug, Clone)]
pub struct Words {
    /// For example "Done".
    pub done: String,
    /// For example "Overdue".
    pub overdue: String,
    /// For example "School holidays: weeks not counted".
    pub uncounted: String,
}

/// A labelled stretch of days, both included.
#[derive(Debug, Clone)]
pub struct Mark {
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
    /// What stands in it; may be empty.
    pub label: String,
}

/// Lanes under one heading.
#[derive(Debug, Clone)]
pub struct Group {
    /// Heading.
    pub title: String,
    /// First and last day of the group as a whole.
    pub span: Option<(Day, Day)>,
    /// Its lanes.
    pub lanes: Vec<Lane>,
}

/// One row with one mark.
#[derive(Debug, Clone)]
pub struct Lane {
    /// What it is; broken into lines where long.
    pub label: String,
    /// Its days in words, written beside the mark.
    pub dates: String,
    /// The whole in one sentence, shown on hovering.
    pub says: String,
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
    /// How it is drawn.
    pub shape: Shape,
    /// Indexes of its categories; the first gives the colour.
    pub categories: Vec<usize>,
    /// How it stands.
    pub state: State,
}

/// How a lane's mark is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// From the first to the last day.
    Bar,
    /// A milestone on the first day.
    Diamond,
    /// From the first day on, without an end.
    Open,
}

/// How a lane stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Nothing to say.
    Plain,
    /// Done: a tick.
    Done,
    /// Overdue: an outline and an exclamation mark.
    Overdue,
}

const LABELS: f64 = 296.0;
const SWATCH: f64 = 13.0;
const SWATCH_STEP: f64 = 18.0;
const GAP: f64 = 14.0;
const EDGE: f64 = 16.0;
const WEEK: f64 = 34.0;
const LANE: f64 = 30.0;
const LINE: f64 = 17.0;
const GROUP: f64 = 32.0;
const LEGEND_LINE: f64 = 26.0;
const TODAY_ROW: f64 = 26.0;
const MONTHS: f64 = 24.0;
const WEEKS: f64 = 26.0;
const LABEL_SIZE: f64 = 14.0;
const SMALL: f64 = 12.0;

/// One thing of the legend.
enum Key<'a> {
    Category(usize, &'a str),
    Done(&'a str),
    Overdue(&'a str),
    Uncounted(&'a str),
}

/// Where everything stands, worked out before anything is drawn.
struct Layout {
    /// Left edge of the days.
    days_at: f64,
    /// Width of the picture.
    width: f64,
    /// Top of the axis (row of today's flag).
    axis_at: f64,
    /// Top of the first group.
    body_at: f64,
    /// Bottom of the last lane.
    bottom: f64,
    from: Day,
}

impl Layout {
    /// Left edge of a day.
    fn x(&self, day: Day) -> f64 {
        self.days_at + f64::from(day.saturating_sub(self.from)) * WEEK / 7.0
    }
}

impl Lane {
    fn lines(&self) -> Vec<String> {
        text::lines(&self.label, LABEL_SIZE, LABELS)
    }

    fn height(&self) -> f64 {
        LANE + LINE * (count(self.lines().len()) - 1.0)
    }
}

impl Gantt {
    /// Draws the picture at its natural size.
    pub fn draw(&self) -> Picture {
        let layout = self.layout();
        let size = Size { width: layout.width, height: layout.bottom + EDGE };
        let content = html! {
            defs {
                (paint::category_patterns(&self.id, self.categories.len().min(paint::CATEGORIES)))
                (paint::void_pattern(&self.id))
            }
            (self.legend(&layout))
            (self.grid(&layout))
            (self.today_line(&layout))
            (self.body(&layout))
            (self.today_flag(&layout))
        };
        frame(&self.id, "kc-gantt", &self.title, &self.description, size, &content)
    }

    fn layout(&self) -> Layout {
        let swatches = count(self.categories.len()) * SWATCH_STEP;
        let days_at = EDGE + LABELS + GAP + swatches + GAP;
        let days = f64::from(self.to.saturating_sub(self.from).saturating_add(1)) * WEEK / 7.0;
        // dates are written to the right of a mark: keep room for those of the last ones
        let spill = self
            .groups
            .iter()
            .flat_map(|group| &group.lanes)
            .map(|lane| {
                let end = f64::from(lane.to.saturating_sub(self.from).saturating_add(1)) * WEEK / 7.0;
                if self.dates_fit_left(lane) { 0.0 } else { end + marks::dates_room(lane) - days }
            })
            .fold(0.0, f64::max);
        let width = days_at + days + spill + EDGE;
        let axis_at = EDGE + LEGEND_LINE * count(self.legend_rows(width).len()) + 6.0;
        let body_at = axis_at + TODAY_ROW + MONTHS + WEEKS;
        let lanes: f64 =
            self.groups.iter().map(|group| GROUP + group.lanes.iter().map(Lane::height).sum::<f64>()).sum();
        Layout { days_at, width, axis_at, body_at, bottom: body_at + lanes + 8.0, from: self.from }
    }

    /// Near the right end dates stand to the left of the mark, when there is room.
    fn dates_fit_left(&self, lane: &Lane) -> bool {
        let before = f64::from(lane.from.saturating_sub(self.from)) * WEEK / 7.0;
        let after = f64::from(self.to.saturating_sub(lane.to)) * WEEK / 7.0;
        after < marks::dates_room(lane) && before > marks::dates_room(lane) + GAP
    }

    fn keys(&self) -> Vec<Key<'_>> {
        let mut keys: Vec<Key<'_>> =
            self.categories.iter().enumerate().map(|(index, name)| Key::Category(index, name)).collect();
        let words = &self.words;
        keys.extend((!words.done.is_empty()).then_some(Key::Done(&words.done)));
        keys.extend((!words.overdue.is_empty()).then_some(Key::Overdue(&words.overdue)));
        keys.extend((!words.uncounted.is_empty()).then_some(Key::Uncounted(&words.uncounted)));
        keys
    }

    /// The legend in rows that fit the width: (left edge, key).
    fn legend_rows(&self, width: f64) -> Vec<Vec<(f64, Key<'_>)>> {
        let mut rows: Vec<Vec<(f64, Key<'_>)>> = vec![Vec::new()];
        let mut x = EDGE;
        for key in self.keys() {
            let room = 24.0 + text::width(key.word(), SMALL + 1.0) + 20.0;
            if x + room > width - EDGE && x > EDGE {
                rows.push(Vec::new());
                x = EDGE;
            }
            if let Some(row) = rows.last_mut() {
                row.push((x, key));
            }
            x += room;
        }
        rows
    }

    fn legend(&self, layout: &Layout) -> Markup {
        html! {
            g class="kc-legend" {
                @for (row, keys) in self.legend_rows(layout.width).into_iter().enumerate() {
                    @let y = EDGE + LEGEND_LINE * count(row);
                    @for (x, key) in keys {
                        (self.key(&key, x, y))
                        text class="kc-ink" x=(number(x + 23.0)) y=(number(y + 13.0))
                            font-size="13" fill="#1f1f1f" { (key.word()) }
                    }
                }
            }
        }
    }

    fn key(&self, key: &Key<'_>, x: f64, y: f64) -> Markup {
        html! {
            @match key {
                Key::Category(index, _) => rect x=(number(x)) y=(number(y + 1.0)) width="16" height="16" rx="4"
                    fill=(paint::category(&self.id, *index)) {},
                Key::Done(_) => (marks::tick(x + 8.0, y + 9.0)),
                Key::Overdue(_) => (marks::late(x + 8.0, y + 9.0)),
                Key::Uncounted(_) => rect class="kc-rule-strong" x=(number(x)) y=(number(y + 1.0)) width="16" height="16"
                    rx="2" fill=(format!("url(#{}-void)", self.id)) stroke="#b4b4ad" {},
            }
        }
    }

    /// Groups' ground, uncounted stretches, axis and upright rules: all that lies under the marks.
    fn grid(&self, layout: &Layout) -> Markup {
        let months_at = layout.axis_at + TODAY_ROW;
        let weeks_at = months_at + MONTHS;
        let right = layout.x(self.to + 1);
        html! {
            g class="kc-grid" {
                (self.grounds(layout))
                @for stretch in &self.uncounted {
                    rect x=(number(layout.x(stretch.from))) y=(number(weeks_at))
                        width=(number(layout.x(stretch.to + 1) - layout.x(stretch.from)))
                        height=(number(layout.bottom - weeks_at)) fill=(format!("url(#{}-void)", self.id)) {
                        title { (stretch.label) }
                    }
                }
                @for week in &self.weeks {
                    (upright(layout.x(week.from), weeks_at, layout.bottom, false))
                    @if !week.label.is_empty() {
                        text class="kc-ink" x=(number(f64::midpoint(layout.x(week.from), layout.x(week.to + 1))))
                            y=(number(weeks_at + 17.5)) font-size="12" font-weight="bold" text-anchor="middle"
                            fill="#1f1f1f" { (week.label) }
                    }
                }
                @for month in &self.months {
                    @let x = layout.x(month.from.max(self.from));
                    (upright(x, months_at, weeks_at, true))
                    @if layout.x(month.to.min(self.to) + 1) - x > text::width(&month.label, 13.0) + 8.0 {
                        text class="kc-quiet" x=(number(x + 6.0)) y=(number(months_at + 16.0)) font-size="13"
                            fill="#5b5b57" { (month.label) }
                    }
                }
                (upright(right, months_at, layout.bottom, true))
                text class="kc-quiet" x=(number(layout.days_at - 8.0)) y=(number(weeks_at + 17.5)) font-size="12"
                    text-anchor="end" fill="#5b5b57" { (self.week_heading) }
                (level(EDGE, right, layout.body_at, true))
            }
        }
    }

    /// The tinted ground of each group: its heading over the whole width, its stretch of time below.
    fn grounds(&self, layout: &Layout) -> Markup {
        let right = layout.x(self.to + 1);
        html! {
            @for (group, top) in self.group_tops(layout) {
                @let height = GROUP + group.lanes.iter().map(Lane::height).sum::<f64>();
                @if let Some((from, to)) = group.span {
                    rect class="kc-stretch" x=(number(layout.x(from))) y=(number(top + GROUP))
                        width=(number(layout.x(to + 1) - layout.x(from))) height=(number(height - GROUP))
                        fill="#f5f8fb" {}
                }
                rect class="kc-band" x=(number(EDGE)) y=(number(top)) width=(number(right - EDGE))
                    height=(number(GROUP)) fill="#eef2f6" {}
            }
        }
    }

    fn group_tops<'a>(&'a self, layout: &Layout) -> Vec<(&'a Group, f64)> {
        let mut top = layout.body_at;
        let mut tops = Vec::new();
        for group in &self.groups {
            tops.push((group, top));
            top += GROUP + group.lanes.iter().map(Lane::height).sum::<f64>();
        }
        tops
    }

    fn body(&self, layout: &Layout) -> Markup {
        html! {
            @for (group, top) in self.group_tops(layout) {
                g class="kc-group" {
                    text class="kc-ink" x=(number(EDGE + 8.0)) y=(number(top + 21.0)) font-size="14" font-weight="bold"
                        fill="#1f1f1f" { (group.title) }
                    @if let Some((from, to)) = group.span {
                        (marks::bracket(layout.x(from) + 2.0, layout.x(to + 1) - 2.0, top + GROUP / 2.0))
                    }
                    (self.lanes(group, layout, top + GROUP))
                }
            }
        }
    }

    fn lanes(&self, group: &Group, layout: &Layout, top: f64) -> Markup {
        let mut top = top;
        let mut drawn = Vec::new();
        for (index, lane) in group.lanes.iter().enumerate() {
            drawn.push((lane, top, index > 0));
            top += lane.height();
        }
        html! {
            @for (lane, top, ruled) in drawn {
                g class="kc-lane" {
                    title { (lane.says) }
                    @if ruled { (level(EDGE, layout.x(self.to + 1), top, false)) }
                    @for (line, words) in lane.lines().into_iter().enumerate() {
                        text class="kc-ink" x=(number(EDGE + 8.0)) y=(number(top + 20.0 + LINE * count(line)))
                            font-size="14" fill="#1f1f1f" { (words) }
                    }
                    @for category in &lane.categories {
                        @let column = count(category % self.categories.len().max(1));
                        rect x=(number(EDGE + LABELS + GAP + column * SWATCH_STEP))
                            y=(number(top + (lane.height() - SWATCH) / 2.0))
                            width=(number(SWATCH)) height=(number(SWATCH)) rx="3"
                            fill=(paint::category(&self.id, *category)) {}
                    }
                    (marks::mark(self, lane, layout, top + lane.height() / 2.0))
                }
            }
        }
    }

    /// The day and words of today, when it lies within the picture.
    fn shown_today(&self) -> Option<(Day, &str)> {
        let (day, label) = self.today.as_ref()?;
        (self.from..=self.to).contains(day).then_some((*day, label.as_str()))
    }

    /// Under the marks and not across the number of the week, so that nothing is crossed out.
    fn today_line(&self, layout: &Layout) -> Markup {
        html! {
            @if let Some((day, _)) = self.shown_today() {
                @let x = layout.x(day) + WEEK / 14.0;
                @let d = format!("M{x} {flag}V{weeks}M{x} {body}V{bottom}", x = number(x), body = number(layout.body_at),
                    flag = number(layout.axis_at + 20.0), weeks = number(layout.body_at - WEEKS + 4.0),
                    bottom = number(layout.bottom));
                path class="kc-today" d=(d) fill="none" stroke="#c2185b" stroke-width="2" {}
            }
        }
    }

    fn today_flag(&self, layout: &Layout) -> Markup {
        html! {
            @if let Some((day, label)) = self.shown_today() {
                @let x = layout.x(day) + WEEK / 14.0;
                @let wide = text::width(label, SMALL) + 16.0;
                @let left = (x - wide / 2.0).clamp(layout.days_at, (layout.width - EDGE - wide).max(layout.days_at));
                g class="kc-now" {
                    rect class="kc-today-fill" x=(number(left)) y=(number(layout.axis_at)) width=(number(wide))
                        height="21" rx="10.5" fill="#c2185b" {}
                    text class="kc-on-mark" x=(number(left + wide / 2.0)) y=(number(layout.axis_at + 15.0))
                        font-size="12" font-weight="bold" text-anchor="middle" fill="#ffffff" { (label) }
                }
            }
        }
    }
}

impl Key<'_> {
    fn word(&self) -> &str {
        match self {
            Self::Category(_, word) | Self::Done(word) | Self::Overdue(word) | Self::Uncounted(word) => word,
        }
    }
}

fn upright(x: f64, top: f64, bottom: f64, strong: bool) -> Markup {
    let (class, colour) = if strong { ("kc-rule-strong", "#b4b4ad") } else { ("kc-rule", "#e3e3de") };
    html! {
        line class=(class) x1=(number(x)) x2=(number(x)) y1=(number(top)) y2=(number(bottom)) stroke=(colour) {}
    }
}

fn level(left: f64, right: f64, y: f64, strong: bool) -> Markup {
    let (class, colour) = if strong { ("kc-rule-strong", "#b4b4ad") } else { ("kc-rule", "#e3e3de") };
    html! {
        line class=(class) x1=(number(left)) x2=(number(right)) y1=(number(y)) y2=(number(y)) stroke=(colour) {}
    }
}

/// A count as a length. Counts of lanes and lines are small.
fn count(number: usize) -> f64 {
    u32::try_from(number).map_or(f64::from(u32::MAX), f64::from)
}
