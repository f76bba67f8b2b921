//! Whether code has to be validated: what the state says of it, and what that means for how it is loaded.

/// What is known of code before it is loaded.
///
/// It is a function of the state and of what the runtime itself has validated, never of what a node knows: only code
/// whose results are promised is run without being validated (Law 3). Whatever is said here, running the code is safe.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Validation {
    /// All of it was validated under the version of the policy that it is to run under.
    Done,
    /// Nothing is known, so that each function is validated when it is first called: code that is invalid in a function that
    /// nobody calls runs everywhere or nowhere.
    Due,
}

impl Validation {
    /// How such code is loaded, in every placement.
    #[cfg(not(all(feature = "host-functions", substrate_runtime)))]
    pub(crate) const fn mode(self) -> vellum_engine::Mode {
        match self {
            Self::Done => vellum_engine::Mode::TrustedLazy,
            Self::Due => vellum_engine::Mode::Lazy,
        }
    }

    /// As it crosses.
    #[cfg(any(feature = "host-functions", feature = "std"))]
    pub(crate) fn number(self) -> u32 {
        match self {
            Self::Done => 1,
            Self::Due => 0,
        }
    }

    /// What a number stands for.
    #[cfg(all(feature = "std", not(substrate_runtime)))]
    pub(crate) const fn of_number(number: u32) -> Self {
        if number == 0 { Self::Due } else { Self::Done }
    }
}
