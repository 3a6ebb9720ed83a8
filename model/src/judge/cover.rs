//! The cheapest set of causes that explains every row that some cause explains. No word of clauses here.

/// Which cause explains which row, and what each cause costs.
pub(super) struct Matrix {
    pub(super) rows: Vec<Vec<bool>>,
    pub(super) costs: Vec<u32>,
}

/// The places of the causes, the most telling first. Sets of up to two are searched exactly; a larger one is put
/// together by taking, again and again, the cause that explains the most for its cost.
pub(super) fn cover(matrix: &Matrix) -> Vec<usize> {
    let causes = 0..matrix.costs.len();
    let open: Vec<&Vec<bool>> = matrix.rows.iter().filter(|row| row.contains(&true)).collect();
    let explains = |row: &[bool], cause: usize| row.get(cause).copied().unwrap_or(false);
    let cost = |cause: usize| matrix.costs.get(cause).copied().unwrap_or(u32::MAX / 2);
    let mut best: Option<(u32, Vec<usize>)> = None;
    for one in causes.clone() {
        for other in one..causes.end {
            let set = if one == other { vec![one] } else { vec![one, other] };
            let price: u32 = set.iter().map(|&cause| cost(cause)).sum();
            let cheaper = best.as_ref().is_none_or(|(known, _)| price < *known);
            let all = || open.iter().all(|row| set.iter().any(|&cause| explains(row, cause)));
            if cheaper && all() {
                best = Some((price, set));
            }
        }
    }
    let mut set = best.map_or_else(|| greedy(&open, causes.end, &cost), |(_, set)| set);
    set.sort_by_key(|&cause| {
        std::cmp::Reverse(open.iter().filter(|row| explains(row, cause)).count())
    });
    set
}

fn greedy(open: &[&Vec<bool>], causes: usize, cost: &impl Fn(usize) -> u32) -> Vec<usize> {
    let mut left = open.to_vec();
    let mut chosen = Vec::new();
    let explains = |row: &[bool], cause: usize| row.get(cause).copied().unwrap_or(false);
    while !left.is_empty() {
        let gain = |cause: usize| {
            let rows = left.iter().filter(|row| explains(row, cause)).count();
            u64::try_from(rows).unwrap_or(0) * 1_000 / u64::from(cost(cause).max(1))
        };
        let Some(next) = (0..causes).max_by_key(|&cause| (gain(cause), causes - cause)) else {
            return chosen;
        };
        if gain(next) == 0 {
            return chosen;
        }
        left.retain(|row| !explains(row, next));
        chosen.push(next);
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(rows: &[&[u8]], costs: &[u32]) -> Vec<usize> {
        let rows = rows.iter().map(|row| row.iter().map(|&cell| cell == 1).collect()).collect();
        cover(&Matrix { rows, costs: costs.to_vec() })
    }

    #[test]
    fn one_cause_that_explains_all_is_taken_where_two_cost_more() {
        assert_eq!(of(&[&[1, 0, 1], &[0, 1, 1]], &[2, 2, 3]), [2]);
    }

    #[test]
    fn two_narrow_causes_are_taken_where_a_broad_one_costs_more() {
        assert_eq!(of(&[&[1, 0, 1], &[0, 1, 1]], &[2, 2, 7]), [0, 1]);
    }

    #[test]
    fn what_nothing_explains_is_left_out() {
        assert_eq!(of(&[&[1, 0], &[0, 0]], &[2, 2]), [0]);
        assert!(of(&[&[0, 0]], &[2, 2]).len() <= 1);
    }

    #[test]
    fn three_causes_are_found_where_three_are_needed() {
        let rows: [&[u8]; 3] = [&[1, 0, 0, 0], &[0, 1, 0, 0], &[0, 0, 1, 0]];
        let mut found = of(&rows, &[2, 2, 2, 2]);
        found.sort_unstable();
        assert_eq!(found, [0, 1, 2]);
    }
}
