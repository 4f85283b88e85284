//! Reading and writing of bundles.

use super::{ForeignKeys, Issuer, IssuerKey, KeyUses, Lifetimes, ListEntry, TrustBundle};
use crate::{
    cbor::{self, Limits, Map, Value, map},
    cose::{Sign1, Unsigned, header},
    keys::PublicKey,
    labels,
    reason::{Layer, Reason},
    signature::Unverified,
    table::Table,
    time::UnixTime,
};

const LAYER: Layer = Layer::Bundle;
const MALFORMED: Reason = Reason::TokenMalformed { layer: LAYER };

/// Most sets of rules of a bundle.
const MAX_RULE_SETS: usize = 64;
/// Longest set, in bytes.
const MAX_RULE_SET: usize = 256 << 10;

pub(super) fn parse(bytes: &[u8], root: &PublicKey) -> Result<Unverified<TrustBundle>, Reason> {
    let envelope = Sign1::parse(&cbor::decode(bytes, Limits::FILE)?, LAYER)?;
    envelope.demand_type(&Value::text(labels::BUNDLE_TYP))?;
    envelope.demand_p256()?;
    if !envelope.protected.only(&[header::ALG, header::KID, header::TYP, labels::STATED_ROOT]) || !envelope.unprotected.0.is_empty() {
        return Err(MALFORMED);
    }
    let bundle = bundle(&envelope.claims()?).ok_or(MALFORMED)?;
    Ok(Unverified::new(bundle, vec![envelope.check(vec![root.clone()])]))
}

/// The root key that a bundle states itself.
pub(super) fn stated_root(bytes: &[u8]) -> Option<PublicKey> {
    let envelope = Sign1::parse(&cbor::decode(bytes, Limits::FILE).ok()?, LAYER).ok()?;
    PublicKey::from_cose(envelope.protected.get(labels::STATED_ROOT)?.as_map()?)
}

fn bundle(payload: &Map) -> Option<TrustBundle> {
    if !integer_keys(payload) {
        return None;
    }
    let lifetimes = fields(payload.get(6)?)?;
    let bundle = TrustBundle {
        seq: uint(payload.get(1)?)?,
        issued_at: UnixTime(payload.get(2)?.as_int()?),
        expires_at: UnixTime(payload.get(3)?.as_int()?),
        issuers: unique(payload.get(4)?, issuer)?,
        lists: unique(payload.get(5)?, list)?,
        lifetimes: Lifetimes { status_max_age_s: uint(lifetimes.get(1)?)?, bundle_max_age_s: uint(lifetimes.get(2)?)? },
        foreign: foreign(payload.get(7))?,
        #[cfg(feature = "everyday")]
        people: people(payload.get(9))?,
        rules: rules(payload.get(8))?,
    };
    // A list of an issuer that is not there could never be checked: the bundle contradicts itself.
    let whole = bundle.lists.values().all(|list| bundle.issuers.contains_key(&list.issuer));
    whole.then_some(bundle)
}

/// A wallet has no use for the keys of foreign issuers, and passes over them as over anything that it does not know.
fn foreign(value: Option<&Value>) -> Option<ForeignKeys> {
    match value {
        #[cfg(feature = "verifier")]
        Some(value) => ForeignKeys::read(value),
        _ => Some(ForeignKeys::default()),
    }
}

/// What the sets say is for those who judge by them.
fn rules(value: Option<&Value>) -> Option<Vec<String>> {
    let Some(value) = value else { return Some(Vec::new()) };
    let sets = value.as_array().filter(|sets| (1..=MAX_RULE_SETS).contains(&sets.len()))?;
    sets.iter().map(|set| set.as_text().filter(|text| text.len() <= MAX_RULE_SET).map(str::to_owned)).collect()
}

/// Only a wallet's rooms add people.
#[cfg(feature = "everyday")]
fn people(value: Option<&Value>) -> Option<Option<u8>> {
    match value {
        Some(value) => uint(value).filter(|most| (1..=TrustBundle::MOST_PEOPLE).contains(most)).map(Some),
        None => Some(None),
    }
}

/// The items of an array by their names, which rise; none when one is malformed or a name is out of order.
fn unique<T>(items: &Value, read: impl Fn(&Map) -> Option<(String, T)>) -> Option<Table<String, T>> {
    let mut all = Table::default();
    for item in items.as_array()? {
        let (name, value) = read(fields(item)?)?;
        if name.is_empty() || !all.push(name, value) {
            return None;
        }
    }
    Some(all)
}

fn issuer(item: &Map) -> Option<(String, Issuer)> {
    let pairs = &item.get(2)?.as_map()?.0;
    let name: Option<Table<_, _>> =
        pairs.iter().map(|(language, name)| Some((language.as_text()?.to_owned(), name.as_text()?.to_owned()))).collect();
    let keys: Option<Vec<_>> = item.get(3)?.as_array()?.iter().map(|key| self::key(fields(key)?)).collect();
    let issuer = Issuer { name: name.filter(|name| !name.is_empty())?, keys: keys.filter(|keys| !keys.is_empty())? };
    Some((item.get(1)?.as_text()?.to_owned(), issuer))
}

fn key(item: &Map) -> Option<IssuerKey> {
    let cose = item.get(1)?.as_map()?;
    // A compressed point would need a square root for each key of each bundle.
    cose.get(-3)?.as_bytes()?;
    let regions = match item.get(3) {
        None => Vec::new(),
        Some(regions) => regions.as_array().filter(|regions| !regions.is_empty())?.iter().map(uint).collect::<Option<_>>()?,
    };
    Some(IssuerKey { key: PublicKey::from_cose(cose)?, uses: KeyUses::from_bits(uint(item.get(2)?)?)?, regions })
}

fn list(item: &Map) -> Option<(String, ListEntry)> {
    let path = item.get(2)?.as_text().filter(|path| is_path(path))?.to_owned();
    Some((item.get(1)?.as_text()?.to_owned(), ListEntry { path, issuer: item.get(3)?.as_text()?.to_owned() }))
}

/// A relative path that leads nowhere but down: `[a-z0-9/._-]+`, no part empty, `.` or `..`.
pub(super) fn is_path(path: &str) -> bool {
    let plain = path.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'/' | b'.' | b'_' | b'-'));
    plain && path.split('/').all(|part| !matches!(part, "" | "." | ".."))
}

fn fields(value: &Value) -> Option<&Map> {
    value.as_map().filter(|map| integer_keys(map))
}

fn integer_keys(map: &Map) -> bool {
    map.0.iter().all(|(key, _)| key.as_int().is_some())
}

fn uint<T: TryFrom<i64>>(value: &Value) -> Option<T> {
    T::try_from(value.as_int()?).ok()
}

pub(super) fn unsigned(bundle: &TrustBundle, root: &PublicKey) -> Unsigned {
    let issuers = bundle.issuers.iter().map(|(id, issuer)| {
        let name = issuer.name.iter().map(|(language, name)| (Value::text(language), Value::text(name))).collect();
        let keys = issuer.keys.iter().map(write_key).collect();
        map([(1, Some(Value::text(id))), (2, Some(Value::Map(Map(name)))), (3, Some(Value::Array(keys)))])
    });
    let lists = bundle
        .lists
        .iter()
        .map(|(uri, list)| map([(1, Some(Value::text(uri))), (2, Some(Value::text(&list.path))), (3, Some(Value::text(&list.issuer)))]));
    let lifetimes = map([
        (1, Some(Value::Int(bundle.lifetimes.status_max_age_s.into()))),
        (2, Some(Value::Int(bundle.lifetimes.bundle_max_age_s.into()))),
    ]);
    let payload = map([
        (1, Some(Value::Int(bundle.seq.into()))),
        (2, Some(Value::Int(bundle.issued_at.0))),
        (3, Some(Value::Int(bundle.expires_at.0))),
        (4, Some(Value::Array(issuers.collect()))),
        (5, Some(Value::Array(lists.collect()))),
        (6, Some(lifetimes)),
        (7, bundle.foreign.write()),
        (8, (!bundle.rules.is_empty()).then(|| Value::Array(bundle.rules.iter().map(Value::text).collect()))),
        #[cfg(feature = "everyday")]
        (9, bundle.people.map(|most| Value::Int(most.into()))),
    ]);
    let protected = vec![(header::TYP, Value::text(labels::BUNDLE_TYP)), (labels::STATED_ROOT, root.to_cose())];
    Unsigned::new(protected, Map::default(), &payload)
}

fn write_key(key: &IssuerKey) -> Value {
    let regions = key.regions.iter().map(|region| Value::Int((*region).into())).collect::<Vec<_>>();
    let regions = (!regions.is_empty()).then_some(Value::Array(regions));
    map([(1, Some(key.key.to_whole_cose())), (2, Some(Value::Int(key.uses.bits().into()))), (3, regions)])
}
