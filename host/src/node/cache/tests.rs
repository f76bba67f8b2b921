use super::shelf::{Lock, Shelf, get_or_make};
use super::*;
use std::cell::RefCell;
use vellum_engine::GasClass;

/// No lock: for tests that have one thread.
struct Alone<T>(RefCell<T>);

impl<T> Lock<T> for Alone<T> {
    fn with<R>(&self, act: impl FnOnce(&mut T) -> R) -> R {
        act(&mut self.0.borrow_mut())
    }
}

impl<T> Lock<T> for loom::sync::Mutex<T> {
    fn with<R>(&self, act: impl FnOnce(&mut T) -> R) -> R {
        act(&mut self.lock().unwrap())
    }
}

#[test]
fn what_was_not_used_for_longest_goes_first() {
    let mut shelf = Shelf::new(30);
    for key in 1..=3 {
        assert!(shelf.keep(key, key * 10, 10).is_empty());
    }
    shelf.find(&1);
    assert_eq!(shelf.keep(4, 40, 10), [20]);
    assert_eq!([1, 2, 3, 4].map(|key| shelf.find(&key)), [Some(10), None, Some(30), Some(40)]);
    assert_eq!(shelf.keep(5, 50, 25), [10, 30, 40]);
    assert_eq!((shelf.bytes(), shelf.len()), (25, 1));
}

#[test]
fn what_is_larger_than_the_shelf_is_not_kept_and_nothing_goes_for_it() {
    let mut shelf = Shelf::new(30);
    shelf.keep(1, 10, 10);
    assert!(shelf.keep(2, 20, 31).is_empty());
    assert_eq!((shelf.find(&1), shelf.find(&2), shelf.bytes()), (Some(10), None, 10));
}

#[test]
fn what_grows_makes_others_go_and_in_the_end_itself() {
    let mut shelf = Shelf::new(30);
    shelf.keep(1, 10, 10);
    shelf.keep(2, 20, 10);
    assert!(shelf.measured(&1, 20).is_empty());
    // The other one was used later, but the order is that of use and not of growth.
    assert_eq!(shelf.measured(&2, 15), [10]);
    assert_eq!(shelf.measured(&2, 31), [20]);
    assert_eq!((shelf.bytes(), shelf.len()), (0, 0));
    // What has gone is no longer booked.
    assert!(shelf.measured(&2, 100).is_empty());
    assert_eq!(shelf.bytes(), 0);
}

#[test]
fn a_smaller_shelf_has_less_on_it() {
    let mut shelf = Shelf::new(30);
    (1..=3).for_each(|key| _ = shelf.keep(key, key * 10, 10));
    assert_eq!(shelf.set_bytes_max(15), [10, 20]);
    assert_eq!(shelf.bytes(), 10);
}

#[test]
fn what_cannot_be_made_is_not_kept() {
    let shelf = Alone(RefCell::new(Shelf::<u8, u8>::new(30)));
    let get = |made: Result<u8, ()>| get_or_make(&shelf, &1, |_| true, || made, |_| 1);
    assert_eq!(get(Err(())), Err(()));
    assert_eq!(get(Ok(5)), Ok(5));
    assert_eq!(get(Err(())), Ok(5));
}

#[test]
fn what_is_another_ones_is_replaced() {
    let shelf = Alone(RefCell::new(Shelf::new(30)));
    let get = |wanted: u8| get_or_make(&shelf, &1, |item| *item == wanted, || Ok::<_, ()>(wanted), |_| 1);
    assert_eq!([get(5), get(6), get(6), get(5)], [Ok(5), Ok(6), Ok(6), Ok(5)]);
    assert_eq!((shelf.0.borrow().bytes(), shelf.0.borrow().len()), (1, 1));
}

#[test]
fn two_that_make_the_same_at_once_get_the_same() {
    loom::model(|| {
        let shelf = loom::sync::Arc::new(loom::sync::Mutex::new(Shelf::new(30)));
        let made = loom::sync::Arc::new(loom::sync::atomic::AtomicUsize::new(0));
        let get = {
            let (shelf, made) = (shelf.clone(), made.clone());
            move || {
                let make = || Ok::<_, ()>(Arc::new(made.fetch_add(1, loom::sync::atomic::Ordering::Relaxed)));
                get_or_make(&*shelf, &1, |_| true, make, |_| 10).unwrap()
            }
        };
        let other = loom::thread::spawn(get.clone());
        let (mine, theirs) = (get(), other.join().unwrap());
        assert!(Arc::ptr_eq(&mine, &theirs), "one result is everybody's");
        shelf.with(|shelf| assert_eq!((shelf.bytes(), shelf.len()), (10, 1)));
    });
}

#[test]
fn what_goes_while_it_is_used_and_grows_is_booked_once() {
    loom::model(|| {
        // One of two fits.
        let shelf = loom::sync::Arc::new(loom::sync::Mutex::new(Shelf::new(15)));
        let use_one = |key: u8| {
            let shelf = shelf.clone();
            move || {
                let item = get_or_make(&*shelf, &key, |item| *item == key, || Ok::<_, ()>(key), |_| 10).unwrap();
                let gone = shelf.with(|shelf| shelf.measured(&key, 12));
                assert_eq!(item, key);
                drop(gone);
            }
        };
        let other = loom::thread::spawn(use_one(1));
        use_one(2)();
        other.join().unwrap();
        shelf.with(|shelf| {
            let kept: usize = [1, 2].into_iter().filter_map(|key| shelf.find(&key)).count();
            assert_eq!(kept, shelf.len());
            assert!(kept <= 1 && shelf.bytes() <= 15, "{kept} {}", shelf.bytes());
            assert!(shelf.bytes() == 12 * kept, "what is kept has been measured");
        });
    });
}

fn prices(price: u32) -> PriceTable {
    PriceTable::new([price; GasClass::COUNT]).unwrap()
}

fn some_code() -> Vec<u8> {
    wat::parse_str(r#"(module (func (export "call") (nop)) (func (nop) (nop)))"#).unwrap()
}

#[test]
fn a_module_is_the_same_for_all_that_ask_for_it_under_the_same_terms() {
    let (cache, blob) = (Arc::new(Cache::new(1 << 20)), some_code());
    let hash = hash(&blob);
    let load = |claimed: &[u8], policy: Policy, price: u32, mode: Mode| {
        cache.load(claimed, &blob, &policy, &prices(price), mode).unwrap()
    };
    let first = load(&hash, Policy::stored(), 1, Mode::Lazy);
    // The work that one has had done, the other finds done.
    first.translate_all().unwrap();
    let work = first.translation_work();
    for claimed in [&hash[..], &[0; 32], &[]] {
        assert_eq!(load(claimed, Policy::stored(), 1, Mode::Lazy).translation_work(), work);
    }
    let others = [
        (Policy::contracts(), 1, Mode::Lazy),
        (Policy::stored(), 2, Mode::Lazy),
        (Policy::stored(), 1, Mode::TrustedLazy),
    ];
    for (policy, price, mode) in others {
        let other = load(&hash, policy, price, mode);
        assert_eq!(other.translation_work(), 0);
        assert_eq!(other.price_table().price(GasClass::Call), price);
    }
    assert_eq!(cache.modules(), 4);
}

#[test]
fn what_a_module_grows_to_is_booked_when_it_is_no_longer_used() {
    let (cache, blob) = (Arc::new(Cache::new(1 << 20)), some_code());
    let module = cache.load(&[], &blob, &Policy::stored(), &prices(1), Mode::Lazy).unwrap();
    let before = cache.bytes();
    assert_eq!(before, module.kept_bytes());
    module.translate_all().unwrap();
    let after = module.kept_bytes();
    assert!(after > before);
    assert_eq!(cache.bytes(), before);
    drop(module);
    assert_eq!(cache.bytes(), after);
}
