//! The arithmetic of k: ratios, percentiles, histograms. No measuring.

/// Picoseconds that were taken for picoseconds that were charged, both over the reference ratio. What takes time and
/// is charged nothing has an infinite k.
pub fn k(picoseconds: f64, charged: u64, reference: f64) -> f64 {
    picoseconds / float(charged) / reference
}

/// The value that a share of the sorted values does not exceed, between two of them if it lies there.
/// `None` without values.
pub fn percentile(sorted: &[f64], share: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let place = share.clamp(0.0, 1.0) * float(u64::try_from(last).ok()?);
    let below = whole(place).min(last);
    let above = (below + 1).min(last);
    let rest = place - float(u64::try_from(below).ok()?);
    // An infinite neighbour that has no share would make this no number.
    Some(if rest == 0.0 { sorted[below] } else { sorted[below] * (1.0 - rest) + sorted[above] * rest })
}

/// What a set of k looks like.
#[derive(Clone, Copy, PartialEq, Debug, serde::Serialize)]
pub struct Distribution {
    /// How many.
    pub count: usize,
    /// The least k: what is over-charged most.
    pub least: f64,
    /// 5 % are below, and so over-charged more.
    pub p5: f64,
    /// Half of them are below.
    pub median: f64,
    /// 95 % are below.
    pub p95: f64,
    /// The greatest: what is under-charged most.
    pub greatest: f64,
}

/// Sums up; `None` without values. What is not a number counts as under-charged without bounds.
pub fn distribution(values: impl IntoIterator<Item = f64>) -> Option<Distribution> {
    let mut sorted: Vec<f64> = values.into_iter().map(|k| if k.is_nan() { f64::INFINITY } else { k }).collect();
    sorted.sort_by(f64::total_cmp);
    Some(Distribution {
        count: sorted.len(),
        least: percentile(&sorted, 0.0)?,
        p5: percentile(&sorted, 0.05)?,
        median: percentile(&sorted, 0.5)?,
        p95: percentile(&sorted, 0.95)?,
        greatest: percentile(&sorted, 1.0)?,
    })
}

/// Where the bins of a histogram of k end: each is a factor of the square root of two wide, from 1/16 to 16.
pub const BINS: i32 = 16;

/// How many values lie in each bin; those outside are in the first and the last.
pub fn histogram(values: impl IntoIterator<Item = f64>) -> Vec<usize> {
    let mut bins = vec![0; usize::try_from(BINS).unwrap_or(0)];
    for value in values {
        let bin = (value.log2() * 2.0).floor().clamp(-f64::from(BINS) / 2.0, f64::from(BINS) / 2.0 - 1.0);
        bins[whole(bin + f64::from(BINS) / 2.0)] += 1;
    }
    bins
}

/// The lower end of a bin.
pub fn bin_start(bin: usize) -> f64 {
    2_f64.powf((float(u64::try_from(bin).unwrap_or(0)) - f64::from(BINS) / 2.0) / 2.0)
}

/// The geometric mean; `None` without values.
pub fn geometric_mean(values: impl IntoIterator<Item = f64>) -> Option<f64> {
    let (mut sum, mut count) = (0.0, 0_u32);
    for value in values {
        sum += value.ln();
        count += 1;
    }
    (count > 0).then(|| (sum / f64::from(count)).exp())
}

/// How alike two orders are, from -1 to 1: Spearman's rank correlation, ties in the order they come.
pub fn rank_correlation(pairs: &[(f64, f64)]) -> Option<f64> {
    let ranks = |value: fn(&(f64, f64)) -> f64| {
        let mut order: Vec<usize> = (0..pairs.len()).collect();
        order.sort_by(|a, b| value(&pairs[*a]).total_cmp(&value(&pairs[*b])));
        let mut ranks = vec![0_u32; pairs.len()];
        for (place, rank) in order.into_iter().zip(0..) {
            ranks[place] = rank;
        }
        ranks
    };
    let count = f64::from(u32::try_from(pairs.len()).ok()?);
    let squares = ranks(|pair| pair.0).into_iter().zip(ranks(|pair| pair.1));
    let sum: f64 = squares.map(|(a, b)| (f64::from(a) - f64::from(b)).powi(2)).sum();
    (pairs.len() > 1).then(|| 1.0 - 6.0 * sum / (count * (count * count - 1.0)))
}

#[allow(clippy::cast_precision_loss, reason = "gas and counts are far below 2^53, and ratios are not exact")]
pub(crate) fn float(value: u64) -> f64 {
    value as f64
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "`as` saturates, and callers clamp")]
pub(crate) fn whole(value: f64) -> usize {
    value as usize
}

#[cfg(test)]
mod tests;
