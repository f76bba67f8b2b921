use super::*;

fn row(values: &[Option<f64>]) -> Row {
    Row { name: "row".into(), group: "group", values: values.to_vec() }
}

#[test]
fn a_mean_of_ratios_is_geometric() {
    assert!((geometric_mean([2.0, 8.0].into_iter()).unwrap() - 4.0).abs() < 1e-12);
    assert_eq!(geometric_mean(std::iter::empty()), None);
}

#[test]
fn an_engine_that_cannot_run_a_workload_shows_a_dash_and_is_not_in_its_mean() {
    let rows = vec![row(&[Some(500.0), Some(1_000.0), None]), row(&[Some(2_000.0), Some(1_000.0), Some(3_000.0)])];
    let engines = ["vellum", "wasmi", "other"].map(str::to_owned);
    let section = Section { title: "T", unit: "us", what: "workload", rows, has_mean: true };
    let mut table = table(&section, &engines);
    let text = table.load_style(presets::ASCII_MARKDOWN).to_string();
    let cells = |line: &str| line.split('|').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
    let lines: Vec<_> = text.lines().map(cells).collect();
    assert_eq!(lines[0][1..5], ["workload", "wasmi, us", "vellum", "other"]);
    assert_eq!(lines[2][1..5], ["row", "1.00", "0.50", "-"]);
    assert_eq!(lines.last().unwrap()[1..5], ["geometric mean", "", "1.00", "3.00"]);
}

#[test]
fn a_page_keeps_what_stands_around_a_place() {
    let page = "before\n<!-- written by `this` -->\nold\n<!-- end of `this` -->\nbehind\n";
    let new = put(page, "this", "\nnew\n").unwrap();
    assert_eq!(new, "before\n<!-- written by `this` -->\n\nnew\n\n<!-- end of `this` -->\nbehind\n");
    assert_eq!(put(&new, "this", "new").unwrap(), new, "writing again changes nothing");
    assert_eq!(put(page, "that", "new"), None);
}

#[test]
fn the_page_in_docs_has_every_place() {
    let page = std::fs::read_to_string(package().join("../docs/speed.md")).unwrap();
    for place in [PLACE, "portable --docs", "callgrind.sh --docs"] {
        assert!(put(&page, place, "new").is_some(), "{place}");
    }
}
