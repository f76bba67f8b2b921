//! The search without a clock: every genome is a program that a chain would run, and a search goes on where it stopped.

use std::collections::BTreeSet;
use vellum_benchmarking::gas::search::genome::{Gene, Genome, Kind, Niche, Shape, first_two};
use vellum_benchmarking::gas::search::judge::{Goal, Judge};
use vellum_benchmarking::gas::search::module::module;
use vellum_benchmarking::gas::search::population::Population;
use vellum_benchmarking::gas::search::random::Random;
use vellum_benchmarking::gas::search::shrink::shrink;
use vellum_engine::{Exit, GasClass, Instance, Mode, Module, Policy, PriceTable, RunLimits, Trap, check};

const LIMITS: RunLimits =
    RunLimits { call_depth: 1_024, stack_height: 131_072, memory_pages: 16, table_elements: 16_384 };
const FUEL: u64 = 2_000_000;

fn prices() -> PriceTable {
    PriceTable::new([1; GasClass::COUNT]).unwrap()
}

/// How `prepare` and a few turns of `run` end.
fn exits(blob: &[u8]) -> Vec<Exit> {
    let module = Module::new(blob, &Policy::contracts(), &prices(), Mode::Lazy).unwrap();
    let mut instance = Instance::new(&module, LIMITS).unwrap();
    let mut exits = Vec::new();
    for (name, args) in [("prepare", vec![]), ("run", vec![1]), ("run", vec![9])] {
        let mut execution = instance.call(module.exported_func(name).unwrap(), &args);
        exits.push(execution.run(&mut FUEL.clone()));
        instance = execution.into_instance();
    }
    exits
}

/// Genomes as a search meets them: new ones, and children of children.
fn genomes(seed: u64, count: usize) -> Vec<Genome> {
    let mut random = Random::new(seed);
    let mut genomes: Vec<Genome> = (0..8).map(|_| Genome::any(&mut random)).collect();
    genomes.extend((0..8).map(|_| Genome::pure(&mut random)));
    while genomes.len() < count {
        let (one, other) = (random.below(genomes.len()), random.below(genomes.len()));
        let mut child = genomes[one].child(&genomes[other], &mut random);
        child.shape.fit(random.percent(50));
        genomes.push(child);
    }
    genomes.iter_mut().for_each(|genome| genome.shape.fit(false));
    genomes
}

#[test]
fn every_genome_is_code_that_a_chain_accepts_and_that_never_traps() {
    let (mut kinds, mut finished) = (BTreeSet::new(), 0);
    for seed in 0..100 {
        for genome in genomes(seed, 50) {
            kinds.extend(genome.main.iter().map(|gene| format!("{:?}", gene.0)));
            let blob = module(&genome);
            if let Err(error) = check(&blob, &Policy::contracts(), &prices()) {
                panic!("seed {seed}: {error}\n{genome:?}");
            }
            for exit in exits(&blob) {
                // Callees of callees may take longer than this test has.
                assert!(matches!(exit, Exit::Finished | Exit::OutOfFuel), "seed {seed}: {exit:?}\n{genome:?}");
                finished += usize::from(exit == Exit::Finished);
            }
        }
    }
    assert_eq!(kinds.len(), Kind::ALL.len(), "every kind of gene was tried");
    assert!(finished > 100 * 50 * 2, "most run to their end: {finished}");
}

#[test]
fn each_kind_of_gene_becomes_its_operators() {
    let plain = Shape::any(&mut Random::new(1));
    let shape = Shape { pages: 2, lines_log2: 8, signature: (2, 1, 1), start: false, ..plain };
    let expected = [
        (Kind::Divide, "div"),
        (Kind::Popcnt, "popcnt"),
        (Kind::Chase, "i32.load"),
        (Kind::BrTable, "br_table"),
        (Kind::CallIndirect, "call_indirect"),
        (Kind::MemoryCopy, "memory.copy"),
        (Kind::MemoryInit, "memory.init"),
        (Kind::MemoryGrow, "memory.grow"),
        (Kind::TableCopy, "table.copy"),
        (Kind::Select, "select"),
        (Kind::Values, "br 0"),
        (Kind::GlobalSet, "global.set"),
    ];
    for (kind, operator) in expected {
        let genome = |main| Genome { shape: shape.clone(), main, callees: Default::default() };
        let text = |genome: &Genome| wat_of(&module(genome));
        let without = text(&genome(vec![])).matches(operator).count();
        let with = text(&genome(vec![Gene(kind, 4, 4, 2)])).matches(operator).count();
        assert!(with > without, "{kind:?} becomes {operator}");
    }
}

fn wat_of(blob: &[u8]) -> String {
    use vellum_benchmarking::gas::search::regressions::Case;
    use vellum_benchmarking::gas::subject::{Part, Set};
    let case = Case {
        name: "case".into(),
        part: Part::Execution,
        set: Set::Resident,
        k: 1.5,
        found: "a day, a processor".into(),
        turns: 7,
        blob: blob.to_vec(),
    };
    let text = case.text().unwrap();
    let read = Case::parse("case", &text).unwrap();
    assert_eq!((read.part, read.set, read.k, read.turns), (case.part, case.set, case.k, case.turns));
    assert_eq!(exits(&read.blob), exits(blob), "what is read back does the same");
    text
}

#[test]
fn a_resident_genome_walks_over_what_the_nearest_cache_holds() {
    for genome in genomes(3, 200) {
        let mut shape = genome.shape;
        shape.fit(true);
        assert!(64 << shape.lines_log2 <= 32 << 10);
    }
}

/// Says something arbitrary about a genome, always the same, and notes what it was asked.
#[derive(Default)]
struct Arbitrary {
    asked: Vec<(Goal, usize)>,
}

impl Judge for Arbitrary {
    fn k(&mut self, goal: Goal, genome: &Genome) -> Option<f64> {
        self.asked.push((goal, genome.main.len()));
        let multiplies = genome.main.iter().filter(|gene| gene.0 == Kind::Multiply).count();
        let sum = genome.main.iter().map(|gene| u32::from(gene.1)).sum::<u32>();
        // Some are no programs.
        (!sum.is_multiple_of(7)).then(|| f64::from(u32::try_from(multiplies).unwrap()) + f64::from(sum % 10) / 100.0)
    }

    fn niche(&mut self, _: Goal, genome: &Genome) -> Option<Niche> {
        Some(genome.mixture())
    }
}

#[test]
fn a_search_that_goes_on_is_the_search_that_never_stopped() {
    let (mut one, mut judge) = (Population::new(5), Arbitrary::default());
    (0..3_000).for_each(|_| one.step(&mut judge));

    let (mut other, mut other_judge) = (Population::new(5), Arbitrary::default());
    for _ in 0..3 {
        (0..1_000).for_each(|_| other.step(&mut other_judge));
        other = Population::load(&other.save().unwrap()).unwrap();
    }
    assert_eq!(judge.asked, other_judge.asked);
    assert_eq!(one.save().unwrap(), other.save().unwrap());

    let mut third = Population::new(6);
    (0..3_000).for_each(|_| third.step(&mut Arbitrary::default()));
    assert_ne!(one.save().unwrap(), third.save().unwrap(), "another seed is another search");
}

#[test]
fn a_search_gets_worse_and_keeps_the_worst_of_every_mixture() {
    let (mut population, mut judge) = (Population::new(1), Arbitrary::default());
    (0..500).for_each(|_| population.step(&mut judge));
    let early = population.worst(Goal::Resident)[0].1.k;
    (0..20_000).for_each(|_| population.step(&mut judge));
    let worst = population.worst(Goal::Resident);
    assert!(worst[0].1.k > early + 5.0, "from {early} to {}", worst[0].1.k);
    assert!(worst.windows(2).all(|pair| pair[0].1.k >= pair[1].1.k), "the worst come first");
    assert!(worst.len() > 60, "{} mixtures", worst.len());
    assert!(worst.iter().all(|(niche, elite)| elite.genome.mixture() == **niche));
}

#[test]
fn other_prices_have_everything_judged_anew_and_the_same_ones_nothing() {
    struct Times(f64, u32);
    impl Judge for Times {
        fn k(&mut self, goal: Goal, genome: &Genome) -> Option<f64> {
            self.1 += 1;
            Arbitrary::default().k(goal, genome).map(|k| k * self.0)
        }
        fn niche(&mut self, goal: Goal, genome: &Genome) -> Option<Niche> {
            Arbitrary::default().niche(goal, genome)
        }
    }
    let mut judge = Times(1.0, 0);
    let mut population = Population::new(3);
    population.judge_by(&[1], &mut judge);
    (0..400).for_each(|_| population.step(&mut judge));
    let before: Vec<f64> = population.worst(Goal::Resident).iter().map(|(_, elite)| elite.k).collect();
    judge = Times(3.0, 0);
    population.judge_by(&[1], &mut judge);
    assert_eq!(judge.1, 0, "the same prices");
    population.judge_by(&[2], &mut judge);
    let after: Vec<f64> = population.worst(Goal::Resident).iter().map(|(_, elite)| elite.k).collect();
    assert!(!before.is_empty());
    assert_eq!(after, before.iter().map(|k| k * 3.0).collect::<Vec<_>>());
}

#[test]
fn an_elite_that_was_lucky_loses_what_it_was_lucky_by() {
    /// Says less each time.
    struct Tired(f64);
    impl Judge for Tired {
        fn k(&mut self, _: Goal, _: &Genome) -> Option<f64> {
            self.0 *= 0.999;
            Some(self.0)
        }
        fn niche(&mut self, _: Goal, genome: &Genome) -> Option<Niche> {
            Some(genome.mixture())
        }
    }
    let (mut population, mut judge) = (Population::new(2), Tired(100.0));
    (0..4_000).for_each(|_| population.step(&mut judge));
    let worst = population.worst(Goal::Upload);
    assert!(worst.iter().any(|(_, elite)| elite.measured > 2));
    assert!(worst[0].1.k < 90.0);
}

#[test]
fn what_does_not_matter_is_left_out() {
    let mut genome = genomes(9, 40).pop().unwrap();
    genome.main.extend([Gene(Kind::Multiply, 1, 1, 1); 3]);
    let multiplies = genome.main.iter().filter(|gene| gene.0 == Kind::Multiply).count();
    /// Only products count.
    struct Products;
    impl Judge for Products {
        fn k(&mut self, _: Goal, genome: &Genome) -> Option<f64> {
            let products = genome.main.iter().filter(|gene| gene.0 == Kind::Multiply).count();
            Some(f64::from(u32::try_from(products).unwrap()))
        }
        fn niche(&mut self, _: Goal, _: &Genome) -> Option<Niche> {
            Some(("products".into(), String::new()))
        }
    }
    let (small, k) = shrink(Goal::Hostile, &genome, &mut Products).unwrap();
    assert_eq!(small.main.len(), multiplies);
    assert!(small.main.iter().all(|gene| gene.0 == Kind::Multiply));
    assert!(small.callees.iter().all(Vec::is_empty));
    assert_eq!(k, f64::from(u32::try_from(multiplies).unwrap()));
}

#[test]
fn what_is_left_is_about_the_same_thing() {
    /// Everything is as bad as everything else.
    struct Same;
    impl Judge for Same {
        fn k(&mut self, _: Goal, _: &Genome) -> Option<f64> {
            Some(1.0)
        }
        fn niche(&mut self, _: Goal, genome: &Genome) -> Option<Niche> {
            Some(genome.mixture())
        }
    }
    let mut genome = genomes(9, 40).pop().unwrap();
    genome.main = vec![Gene(Kind::Chase, 1, 1, 1); 5];
    genome.main.extend([Gene(Kind::Multiply, 1, 1, 1); 3]);
    let (small, _) = shrink(Goal::Hostile, &genome, &mut Same).unwrap();
    assert_eq!(small.main.len(), 1);
    assert_eq!(small.main[0].0, Kind::Chase);
}

#[test]
fn a_niche_names_what_there_is_most_of() {
    let names = |counts: &[(&str, u64)]| first_two(counts.iter().map(|(name, count)| ((*name).to_owned(), *count)));
    let pair = |one: &str, other: &str| (one.to_owned(), other.to_owned());
    assert_eq!(names(&[("load", 5), ("store", 9), ("branch", 7)]), pair("store", "branch"));
    assert_eq!(names(&[("load", 900), ("store", 9)]), pair("load", ""), "what is far behind does not count");
    assert_eq!(names(&[("store", 4), ("load", 4)]), pair("load", "store"), "equal ones by name");
    assert_eq!(names(&[("load", 0)]), pair("", ""));
}

#[test]
fn a_trap_is_no_program() {
    // The judges above never see one, as every genome runs; a kept file may be anything.
    let blob = wat::parse_str(r#"(module (func (export "prepare")) (func (export "run") (param i32) unreachable))"#);
    assert_eq!(exits(&blob.unwrap())[1], Exit::Trap(Trap::Unreachable));
}
