//! Tables: a caption, a heading for every row and column, numbers that line up.

use maud::{Markup, html};

/// On which side the cells of a column stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Align {
    /// Text: where reading starts.
    #[default]
    Text,
    /// Numbers: by their last digit.
    Number,
}

/// A column.
#[derive(Debug, Clone)]
pub struct Column<'a> {
    /// Its heading.
    pub title: &'a str,
    /// How its cells stand.
    pub align: Align,
}

impl<'a> Column<'a> {
    /// A column of text.
    pub fn text(title: &'a str) -> Self {
        Self { title, align: Align::Text }
    }
    /// A column of numbers.
    pub fn number(title: &'a str) -> Self {
        Self { title, align: Align::Number }
    }
    fn class(&self) -> Option<&'static str> {
        (self.align == Align::Number).then_some("kl_number")
    }
}

/// A table of text. Cells are markup, so that they may hold links; the first column names the row.
pub fn table(caption: &str, header: &[&str], rows: &[Vec<Markup>]) -> Markup {
    let columns: Vec<Column<'_>> = header.iter().map(|title| Column::text(title)).collect();
    data_table(caption, &columns, rows)
}

/// The same right below a heading that says what its caption would: the caption is there for screen readers alone.
pub fn table_under_heading(caption: &str, header: &[&str], rows: &[Vec<Markup>]) -> Markup {
    let columns: Vec<Column<'_>> = header.iter().map(|title| Column::text(title)).collect();
    draw(caption, Some("visually-hidden"), &columns, rows)
}

/// A table with columns of text and of numbers. On a small screen one that is read row by row is shown as a list, with
/// the heading of its column at each cell; one that compares numbers scrolls within its own box, which takes the focus so
/// that it can be moved by keyboard.
pub fn data_table(caption: &str, columns: &[Column<'_>], rows: &[Vec<Markup>]) -> Markup {
    draw(caption, None, columns, rows)
}

/// A table of numbers with few rows, each of which is read for itself: a list on a small screen whatever it holds.
pub fn table_by_rows(caption: &str, columns: &[Column<'_>], rows: &[Vec<Markup>]) -> Markup {
    as_it_is_read(caption, None, columns, rows, true)
}

fn draw(caption: &str, class: Option<&str>, columns: &[Column<'_>], rows: &[Vec<Markup>]) -> Markup {
    as_it_is_read(caption, class, columns, rows, is_read_by_rows(columns))
}

/// Three columns and more, of which one at most holds numbers.
fn is_read_by_rows(columns: &[Column<'_>]) -> bool {
    columns.len() > 2 && columns.iter().filter(|c| c.align == Align::Number).count() < 2
}

/// Of a table that is read by rows the roles say that it is one, also where its look is that of a list.
fn as_it_is_read(
    caption: &str,
    class: Option<&str>,
    columns: &[Column<'_>],
    rows: &[Vec<Markup>],
    by_rows: bool,
) -> Markup {
    let role = |role: &'static str| by_rows.then_some(role);
    html! {
        div class="kl_table-wrapper" role="region" aria-label=(caption) tabindex="0" {
            table.ds_table.kl_by-rows[by_rows] role=[role("table")] {
                caption class=[class] { (caption) }
                thead role=[role("rowgroup")] { tr role=[role("row")] {
                    @for c in columns { th scope="col" role=[role("columnheader")] class=[c.class()] { (c.title) } }
                } }
                tbody role=[role("rowgroup")] {
                    @for row in rows {
                        tr role=[role("row")] {
                            @for (n, cell) in row.iter().enumerate() {
                                @let column = columns.get(n);
                                @let class = column.and_then(Column::class);
                                @let label = column.map(|c| c.title).filter(|_| by_rows);
                                @if n == 0 { th scope="row" role=[role("rowheader")] class=[class] { (cell) } }
                                @else { td role=[role("cell")] class=[class] data-label=[label] { (cell) } }
                            }
                        }
                    }
                }
            }
        }
    }
}
