//! Tables of counts as a [`Dataset`]: one row for each category of each question, in the tidy long form in which
//! statistics offices publish, with a status for each figure.
//!
//! What may be shown is decided before: a figure arrives as [`Figure::Shown`] or [`Figure::Suppressed`].

use crate::description::about::About;
use crate::description::missing::Missing;
use crate::description::variable::{Category, Kind, Variable};
use crate::table::{Cell, Dataset};

/// One line of a table of counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Name of the question's variable.
    pub variable: String,
    /// Words of the question.
    pub question: String,
    /// Code of the category.
    pub category: String,
    /// Words of the category.
    pub label: String,
    /// For a cross-table: what the line is about in each of [`Counts::by`], in that order.
    pub by: Vec<String>,
    /// The figure.
    pub figure: Figure,
}

/// A figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Figure {
    /// It may be shown.
    Shown {
        /// How many.
        count: u32,
        /// Of a hundred, in whole numbers; none when nobody answered.
        percent: Option<u8>,
        /// The ends of the range of the percentage among all people; none where it has no meaning.
        range: Option<(u8, u8)>,
    },
    /// Hidden to protect people, be it for itself or so that another cannot be worked out.
    Suppressed,
    /// The question was not put to this group.
    NotAsked,
}

/// A table of counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counts {
    /// What the lines are crossed by, as name and label, such as `("service", "Service")`. Empty for plain counts.
    pub by: Vec<(String, String)>,
    /// The lines.
    pub lines: Vec<Line>,
    /// Labels of the columns.
    pub labels: Labels,
}

/// Labels of the columns and words of the status, in the language of the table. English by default.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the column of that name, or the status")]
pub struct Labels {
    pub variable: String,
    pub question: String,
    pub category: String,
    pub category_label: String,
    pub count: String,
    pub percent: String,
    pub low: String,
    pub high: String,
    pub status: String,
    pub shown: String,
    pub suppressed: String,
    pub not_asked: String,
}

impl Default for Labels {
    fn default() -> Self {
        let [
            variable,
            question,
            category,
            category_label,
            count,
            percent,
            low,
            high,
            status,
            shown,
            suppressed,
            not_asked,
        ] = [
            "Variable",
            "Question",
            "Code of the category",
            "Category",
            "Count",
            "Percent",
            "Lower end of the range of the percentage",
            "Upper end of the range of the percentage",
            "Status of the figure",
            "Shown",
            "Suppressed to protect people",
            "Not asked",
        ]
        .map(str::to_owned);
        Self {
            variable,
            question,
            category,
            category_label,
            count,
            percent,
            low,
            high,
            status,
            shown,
            suppressed,
            not_asked,
        }
    }
}

impl Counts {
    /// The table as a dataset. A line that says less about `by` than there are columns has empty texts there.
    pub fn dataset(&self, about: About) -> Dataset<'static> {
        let labels = &self.labels;
        let text = |name: &str, label: &str| Variable::new(name, label, Kind::Text);
        let figures = [Missing::Suppressed, Missing::NotAsked];
        let figure = |name: &str, label: &str| Variable::new(name, label, Kind::Whole).may_miss(&figures);
        let mut variables = vec![text("variable", &labels.variable), text("question", &labels.question)];
        variables.extend(self.by.iter().map(|(name, label)| text(name, label)));
        variables.push(text("category", &labels.category));
        variables.push(text("category_label", &labels.category_label));
        variables.push(figure("count", &labels.count));
        variables.push(figure("percent", &labels.percent));
        variables.push(figure("percent_low", &labels.low));
        variables.push(figure("percent_high", &labels.high));
        let statuses = Category::list(
            [("shown", &labels.shown), ("suppressed", &labels.suppressed), ("not-asked", &labels.not_asked)]
                .map(|(code, label)| (code, label.clone())),
        );
        variables.push(Variable::new(
            "status",
            &labels.status,
            Kind::Category { categories: statuses, ordered: false },
        ));
        let rows: Vec<Vec<Cell>> = self.lines.iter().map(|line| self.row(line)).collect();
        Dataset::new(about, variables, rows)
    }

    fn row(&self, line: &Line) -> Vec<Cell> {
        let text = |text: &str| Cell::Text(text.to_owned());
        let mut row = vec![text(&line.variable), text(&line.question)];
        let by = line.by.iter().map(String::as_str).chain(std::iter::repeat(""));
        row.extend(by.take(self.by.len()).map(text));
        row.extend([text(&line.category), text(&line.label)]);
        let whole = |value: Option<u32>| {
            value.map_or(Cell::Missing(Missing::NotAsked), |value| Cell::Whole(value.into()))
        };
        let (figures, status) = match line.figure {
            Figure::Shown { count, percent, range } => {
                let (low, high) = range.unzip();
                ([Some(count), percent.map(u32::from), low.map(u32::from), high.map(u32::from)].map(whole), 0)
            }
            Figure::Suppressed => ([(); 4].map(|()| Cell::Missing(Missing::Suppressed)), 1),
            Figure::NotAsked => ([(); 4].map(|()| Cell::Missing(Missing::NotAsked)), 2),
        };
        row.extend(figures);
        row.push(Cell::Category(status));
        row
    }
}
