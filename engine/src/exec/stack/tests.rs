use super::{CELLS_START, Stack};
use crate::limits::RunLimits;
use crate::trap::Trap;

fn limits(stack_height: usize) -> RunLimits {
    let stack_height = u32::try_from(stack_height).expect("the tests' limits are small");
    RunLimits { call_depth: 4, stack_height, memory_pages: 0, table_elements: 0 }
}

/// Cells that frames may have without asking.
fn room(stack: &mut Stack) -> usize {
    (stack.end().addr() - stack.start().addr()) / size_of::<u64>()
}

#[test]
fn there_is_never_more_room_than_the_limit_of_the_call_that_runs() {
    let mut stack = Stack::default();
    for height in [3 * CELLS_START, 10, 0, 2 * CELLS_START, 2 * CELLS_START + 1] {
        stack.reset_to(limits(height));
        assert!(room(&mut stack) <= height, "before growing to {height}");
        assert_eq!(stack.grow(1, height), Err(Trap::StackHeightExceeded));
        assert_eq!(stack.grow(0, height), Ok(()));
        assert!(room(&mut stack) <= height, "after growing to {height}");
    }
}

#[test]
fn what_is_zeroed_behind_a_frame_is_cells_too() {
    for height in [0, 1, CELLS_START, 5 * CELLS_START] {
        let mut stack = Stack::new(limits(height));
        for stack_height in [height, height / 2, 2 * height] {
            stack.reset_to(limits(stack_height));
            stack.grow(0, stack_height).expect("it is the limit");
            assert!(stack.cells().len() >= room(&mut stack) + super::ZEROED_AT_ONCE);
        }
    }
}
