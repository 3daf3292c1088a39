//! Tables as a valid grid: no cell reaches beyond the table or over another cell, and every row and
//! column has a cell that begins in it.

use crate::Row;
use crate::limits;
use std::collections::BTreeSet;

/// Most columns of a table; cells beyond are put into further rows, so that their text is kept.
const COLUMNS: usize = 200;

/// Makes the spans of a table consistent. Rows without cells go.
pub(crate) fn fit_table(rows: Vec<Row>) -> Vec<Row> {
    let mut rows = broken_at_limit(rows);
    let starts = place(&mut rows);
    // A column in which no cell begins is not there: spans over it shrink.
    let columns: BTreeSet<usize> = starts.iter().flatten().copied().collect();
    for (row, starts) in rows.iter_mut().zip(&starts) {
        for (cell, &start) in row.cells.iter_mut().zip(starts) {
            let end = start + usize::from(cell.colspan);
            cell.colspan = u16::try_from(columns.range(start..end).count()).unwrap_or(1).max(1);
        }
    }
    drop_empty_rows(rows)
}

fn broken_at_limit(rows: Vec<Row>) -> Vec<Row> {
    let mut out = Vec::with_capacity(rows.len());
    for mut row in rows {
        for cell in &mut row.cells {
            cell.colspan = cell.colspan.clamp(1, limits::COLSPAN);
            cell.rowspan = cell.rowspan.max(1);
        }
        while row.cells.len() > COLUMNS {
            let rest = row.cells.split_off(COLUMNS);
            out.push(std::mem::replace(&mut row, Row { cells: rest }));
        }
        out.push(row);
    }
    out
}

/// Gives every cell its column as a browser would, cutting spans that would cover another cell or reach
/// below the last row. Returns the columns in which the cells of each row begin.
fn place(rows: &mut [Row]) -> Vec<Vec<usize>> {
    let total = rows.len();
    // How many further rows each column is still covered by a cell from above.
    let mut covered: Vec<usize> = Vec::new();
    let mut all = Vec::with_capacity(total);
    for (at, row) in rows.iter_mut().enumerate() {
        let mut starts = Vec::with_capacity(row.cells.len());
        let mut next: Vec<(usize, usize)> = Vec::new();
        let mut column = 0;
        for cell in &mut row.cells {
            while covered.get(column).is_some_and(|&rows| rows > 0) {
                column += 1;
            }
            let wanted = usize::from(cell.colspan);
            let free = (column..column + wanted).take_while(|&c| covered.get(c).is_none_or(|&rows| rows == 0)).count();
            cell.colspan = u16::try_from(free).unwrap_or(1).max(1);
            cell.rowspan = u16::try_from(usize::from(cell.rowspan).min(total - at)).unwrap_or(1).max(1);
            starts.push(column);
            for c in column..column + usize::from(cell.colspan) {
                next.push((c, usize::from(cell.rowspan) - 1));
            }
            column += usize::from(cell.colspan);
        }
        for rows in &mut covered {
            *rows = rows.saturating_sub(1);
        }
        for (column, rows) in next {
            if covered.len() <= column {
                covered.resize(column + 1, 0);
            }
            covered[column] = rows;
        }
        all.push(starts);
    }
    all
}

fn drop_empty_rows(rows: Vec<Row>) -> Vec<Row> {
    let keep: Vec<bool> = rows.iter().map(|row| !row.cells.is_empty()).collect();
    // Running count of kept rows, so that a span is recounted without walking it.
    let mut kept_before = Vec::with_capacity(keep.len() + 1);
    kept_before.push(0usize);
    for &kept in &keep {
        kept_before.push(kept_before[kept_before.len() - 1] + usize::from(kept));
    }
    let mut out = Vec::with_capacity(rows.len());
    for (at, mut row) in rows.into_iter().enumerate() {
        if !keep[at] {
            continue;
        }
        for cell in &mut row.cells {
            let end = (at + usize::from(cell.rowspan)).min(keep.len());
            cell.rowspan = u16::try_from(kept_before[end] - kept_before[at]).unwrap_or(1).max(1);
        }
        out.push(row);
    }
    out
}
