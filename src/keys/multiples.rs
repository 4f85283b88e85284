//! Checking by tables: multiples of a point, made once, turn a product into some fifty additions and no doubling.
//!
//! A gate sees few issuers and many people: the keys that come again and again are worth a table, the others are not.

use p256::{
    AffinePoint, FieldBytes, ProjectivePoint, Scalar,
    ecdsa::{Signature, VerifyingKey},
    elliptic_curve::{
        BatchNormalize, Group,
        ff::PrimeField,
        ops::{Invert, Reduce},
        point::AffineCoordinates,
    },
};
use sha2::{Digest, Sha256};
use std::cell::RefCell;

/// A scalar is taken in digits of so many bits, from −15 to 16.
const BITS: usize = 5;
const HALF: usize = 1 << (BITS - 1);
/// Digits of 256 bits and the carry.
const DIGITS: usize = 256 / BITS + 1;
/// A table has 832 points, some 60 KB: at most so many keys have one.
const KEYS: usize = 8;
/// To make one takes the time of some three checks: it is made when a key comes for the third time.
const WORTH: u32 = 3;

/// For each digit its multiples of a point, from 1 to [`HALF`].
struct Table(Vec<AffinePoint>);

impl Table {
    fn new(point: ProjectivePoint) -> Self {
        let mut points = Vec::with_capacity(DIGITS * HALF);
        let mut base = point;
        for _ in 0..DIGITS {
            let mut multiple = base;
            for _ in 1..HALF {
                points.push(multiple);
                multiple += base;
            }
            points.push(multiple);
            base = multiple.double();
        }
        Self(ProjectivePoint::batch_normalize(points.as_slice()))
    }

    /// `sum` and the point times a scalar that is no secret.
    fn add_times(&self, scalar: &Scalar, mut sum: ProjectivePoint) -> ProjectivePoint {
        let bytes = scalar.to_repr();
        // Bits from the least significant one.
        let bit = |at: usize| bytes.iter().rev().nth(at / 8).map_or(0, |byte| usize::from(byte >> (at % 8) & 1));
        let mut carry = 0;
        for (digit, multiples) in self.0.chunks_exact(HALF).enumerate() {
            let value = (0..BITS).map(|at| bit(digit * BITS + at) << at).sum::<usize>() + carry;
            carry = usize::from(value > HALF);
            let size = if carry == 1 { 2 * HALF - value } else { value };
            let Some(multiple) = size.checked_sub(1).and_then(|at| multiples.get(at)) else { continue };
            if carry == 1 {
                sum -= multiple;
            } else {
                sum += multiple;
            }
        }
        sum
    }
}

/// The keys that came last, the latest one at the end.
#[derive(Default)]
struct Keys {
    generator: Option<Table>,
    seen: Vec<Seen>,
}

struct Seen {
    point: Vec<u8>,
    times: u32,
    table: Option<Table>,
}

thread_local! {
    static SEEN: RefCell<Keys> = RefCell::default();
}

/// Whether a signature is good, if the key came often enough; none where it has no table.
pub(super) fn verify(point: &[u8], message: &[u8], signature: &Signature) -> Option<bool> {
    SEEN.with_borrow_mut(|Keys { generator, seen }| {
        let mut key = match seen.iter().position(|key| key.point == point) {
            Some(at) => seen.remove(at),
            None => Seen { point: point.to_vec(), times: 0, table: None },
        };
        key.times = key.times.saturating_add(1);
        if key.times == WORTH {
            key.table = VerifyingKey::from_sec1_bytes(point).ok().map(|key| Table::new(key.as_affine().into()));
        }
        if seen.len() == KEYS {
            seen.remove(0);
        }
        let good = key.table.as_ref().map(|table| {
            let generator = generator.get_or_insert_with(|| Table::new(ProjectivePoint::GENERATOR));
            good(generator, table, &Sha256::digest(message), signature)
        });
        seen.push(key);
        good
    })
}

/// SEC 1 §4.1.4, with u₁·G + u₂·Q by the tables of G and Q.
fn good(generator: &Table, key: &Table, digest: &FieldBytes, signature: &Signature) -> bool {
    let (r, s) = signature.split_scalars();
    let inverse = *Invert::invert_vartime(&s);
    let first = <Scalar as Reduce<FieldBytes>>::reduce(digest) * inverse;
    let sum = generator.add_times(&first, ProjectivePoint::IDENTITY);
    let sum = key.add_times(&(*r * inverse), sum);
    <Scalar as Reduce<FieldBytes>>::reduce(&sum.to_affine().x()) == *r
}
