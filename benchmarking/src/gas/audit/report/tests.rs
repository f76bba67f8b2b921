use super::*;

fn row(group: &'static str, part: Part, name: &str, k: f64) -> Row {
    let (name, set) = (name.to_owned(), Set::Resident);
    Row { name, group, set, part, picoseconds: 1_000.0 * k, charged: 1_000, k, instructions: None }
}

#[test]
fn bombs_are_counted_part_by_part_and_the_worst_are_named_first() {
    let mut rows = vec![
        row(bombs::GROUP, Part::Upload, "mild", 0.25),
        row(bombs::GROUP, Part::FirstCall, "exact", 1.0),
        row("workloads", Part::Upload, "no bomb", 9.0),
        row(bombs::GROUP, Part::Upload, "dear", 1.5),
        row(bombs::GROUP, Part::Upload, "free", f64::INFINITY),
    ];
    let shown = |rows: &[Row]| {
        let table = of_bombs(rows);
        let cells = |row: &comfy_table::Row| row.cell_iter().map(comfy_table::Cell::content).collect::<Vec<_>>();
        table.row_iter().map(cells).collect::<Vec<_>>()
    };
    assert_eq!(
        shown(&rows),
        [
            [Part::FirstCall.name(), "1", "0", "exact 1.00"],
            [Part::Upload.name(), "3", "2", "free inf; dear 1.50; mild 0.25"]
        ]
    );

    rows.extend((0..9).map(|number| row(bombs::GROUP, Part::Upload, "other", 0.5 + f64::from(number) / 100.0)));
    assert_eq!(shown(&rows)[1][1..], ["12", "2", "free inf; dear 1.50; other 0.58; other 0.57; other 0.56"]);
}
