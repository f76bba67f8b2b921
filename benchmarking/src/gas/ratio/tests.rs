use super::*;

#[test]
fn k_is_time_over_gas_over_the_reference() {
    assert_eq!(k(3_000.0, 1_000, 1.0), 3.0, "three times what was paid for");
    assert_eq!(k(3_000.0, 1_000, 2.0), 1.5, "on a machine that takes twice as long for everything");
    assert_eq!(k(500.0, 1_000, 1.0), 0.5);
    assert_eq!(k(1.0, 0, 1.0), f64::INFINITY, "work for nothing");
}

#[test]
fn percentiles_lie_between_values() {
    let sorted = [1.0, 2.0, 3.0, 4.0, 5.0];
    assert_eq!(percentile(&sorted, 0.0), Some(1.0));
    assert_eq!(percentile(&sorted, 0.5), Some(3.0));
    assert_eq!(percentile(&sorted, 0.875), Some(4.5));
    assert_eq!(percentile(&sorted, 1.0), Some(5.0));
    assert_eq!(percentile(&sorted, 7.0), Some(5.0));
    assert_eq!(percentile(&[2.0], 0.95), Some(2.0));
    assert_eq!(percentile(&[], 0.5), None);
}

#[test]
fn a_distribution_does_not_hide_what_is_free() {
    let distribution = distribution([2.0, f64::NAN, 1.0]).unwrap();
    assert_eq!((distribution.count, distribution.least, distribution.median), (3, 1.0, 2.0));
    assert_eq!(distribution.greatest, f64::INFINITY);
}

#[test]
fn a_histogram_counts_every_value_once() {
    let values = [0.0, 0.001, 0.99, 1.0, 1.01, 1.42, 300.0, f64::INFINITY];
    let bins = histogram(values);
    assert_eq!(bins.iter().sum::<usize>(), values.len());
    assert_eq!((bins[0], bins[7], bins[8], bins[9], bins[15]), (2, 1, 2, 1, 2));
    assert_eq!(bin_start(8), 1.0);
    assert!((bin_start(10) - 2.0).abs() < 1e-9);
}

#[test]
fn orders_correlate_as_spearman_says() {
    assert_eq!(rank_correlation(&[(1.0, 10.0), (2.0, 20.0), (3.0, 30.0)]), Some(1.0));
    assert_eq!(rank_correlation(&[(1.0, 3.0), (2.0, 2.0), (3.0, 1.0)]), Some(-1.0));
    assert_eq!(rank_correlation(&[(1.0, 1.0)]), None);
    assert!((geometric_mean([1.0, 4.0]).unwrap() - 2.0).abs() < 1e-12);
}
