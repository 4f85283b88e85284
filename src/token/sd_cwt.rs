//! SD-CWT (draft-ietf-spice-sd-cwt-08): a CWT whose claims may be redacted, each with a salted disclosure.
//!
//! ```cddl
//! sd-cwt      = #6.18([protected: bstr, {? 17: [* bstr .cbor disclosure]}, payload: bstr .cbor claims, signature: bstr])
//! disclosure  = [salt: bstr .size 16, value: any, key: int / tstr] / [salt, element: any] / [salt]
//! redactions  = (simple(59) => [+ bstr .size 32])        ; in maps
//! element     = #6.60(bstr .size 32)                     ; in arrays
//! ```
//! A digest is SHA-256 over the CBOR byte string that wraps the disclosure. The draft's text shows the bare array once; all
//! its signed examples hash the wrapped one.

use crate::{
    cbor::{self, Limits, Map, Value},
    cose::{Sign1, Unsigned, header},
    entropy::Entropy,
    keys::KeyId,
    labels::sd_cwt as label,
    reason::{Layer, Reason},
};
use sha2::{Digest, Sha256};

const LAYER: Layer = Layer::Credential;

/// Nested maps and arrays that claims may have after disclosures were put in.
const MAX_DEPTH: usize = 16;

/// A parsed SD-CWT; nothing of it is verified yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SdCwt {
    /// The envelope.
    pub envelope: Sign1,
    /// The claims as issued, redactions and all.
    pub claims: Map,
    disclosures: Vec<Disclosure>,
}

/// One disclosure that came with the token.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Disclosure {
    bytes: Vec<u8>,
    digest: [u8; 32],
    content: Content,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Content {
    Claim(Value, Value),
    Decoy,
    Element(Value),
}

impl SdCwt {
    /// Takes an SD-CWT apart.
    ///
    /// # Errors
    /// `wrong-type`, `token-malformed`, `algorithm-not-allowed` (the hash), `disclosure-…` or a `cbor-…` reason.
    pub fn parse(token: &Value) -> Result<Self, Reason> {
        let envelope = Sign1::parse(token, LAYER)?;
        envelope.demand_type(&Value::Int(label::TYP))?;
        if envelope.protected.get(label::SD_ALG).is_some_and(|alg| alg != &Value::Int(label::SHA_256)) {
            return Err(Reason::AlgorithmNotAllowed { layer: LAYER });
        }
        let claims = envelope.claims()?;
        let disclosures = match envelope.unprotected.get(label::SD_CLAIMS) {
            None => Vec::new(),
            Some(Value::Array(items)) => items.iter().map(Disclosure::parse).collect::<Result<_, _>>()?,
            Some(_) => return Err(Reason::DisclosureMalformed),
        };
        let mut digests: Vec<_> = disclosures.iter().map(|disclosure| disclosure.digest).collect();
        digests.sort_unstable();
        if digests.windows(2).any(|pair| pair[0] == pair[1]) {
            return Err(Reason::DisclosureDoubled);
        }
        Ok(Self { envelope, claims, disclosures })
    }

    /// The claims with everything disclosed put in its place, and what stays redacted left out.
    ///
    /// # Errors
    /// `disclosure-unmatched` when a disclosure has no place, `disclosure-doubled` when a digest or a claim is named twice,
    /// `disclosure-malformed` when its shape does not fit the place.
    pub fn reveal(&self) -> Result<Map, Reason> {
        let mut places = Places { disclosures: &self.disclosures, used: vec![false; self.disclosures.len()], digests: Vec::new() };
        let claims = places.map(&self.claims, 0)?;
        if places.used.iter().all(|used| *used) { Ok(claims) } else { Err(Reason::DisclosureUnmatched) }
    }

    /// The same token with only those disclosures of map claims whose key is wanted; nested ones and decoys go.
    #[must_use]
    pub fn with_only(&self, wanted: impl Fn(&Value) -> bool) -> Value {
        let kept: Vec<_> = self
            .disclosures
            .iter()
            .filter(|disclosure| matches!(&disclosure.content, Content::Claim(key, _) if wanted(key)))
            .map(|disclosure| Value::Bytes(disclosure.bytes.clone()))
            .collect();
        let unprotected = if kept.is_empty() { Map::default() } else { Map(vec![(Value::Int(label::SD_CLAIMS), Value::Array(kept))]) };
        self.envelope.with_unprotected(unprotected)
    }

    /// Whether all that comes disclosed is claims whose keys are allowed; decoys and array elements are not.
    #[must_use]
    pub fn discloses_only(&self, allowed: impl Fn(&Value) -> bool) -> bool {
        self.disclosures.iter().all(|disclosure| matches!(&disclosure.content, Content::Claim(key, _) if allowed(key)))
    }

    /// Keys of the claims that are disclosed in this token.
    pub fn disclosed_keys(&self) -> impl Iterator<Item = &Value> {
        self.disclosures.iter().filter_map(|disclosure| match &disclosure.content {
            Content::Claim(key, _) => Some(key),
            _ => None,
        })
    }
}

impl Disclosure {
    fn parse(item: &Value) -> Result<Self, Reason> {
        let bytes = item.as_bytes().ok_or(Reason::DisclosureMalformed)?;
        let parsed = cbor::decode(bytes, Limits::TOKEN)?;
        let (salt, content) = match parsed.as_array() {
            Some([salt]) => (salt, Content::Decoy),
            Some([salt, element]) => (salt, Content::Element(element.clone())),
            Some([salt, value, key @ (Value::Int(_) | Value::Text(_))]) => (salt, Content::Claim(key.clone(), value.clone())),
            _ => return Err(Reason::DisclosureMalformed),
        };
        if salt.as_bytes().is_none_or(|salt| salt.len() != 16) {
            return Err(Reason::DisclosureMalformed);
        }
        Ok(Self { bytes: bytes.to_vec(), digest: digest(bytes), content })
    }
}

fn digest(disclosure: &[u8]) -> [u8; 32] {
    Sha256::digest(Value::Bytes(disclosure.to_vec()).encode()).into()
}

/// Walks the claims and puts disclosures where their digests stand.
struct Places<'a> {
    disclosures: &'a [Disclosure],
    used: Vec<bool>,
    digests: Vec<[u8; 32]>,
}

impl<'a> Places<'a> {
    /// The disclosure of a digest; each digest may stand in one place only.
    fn find(&mut self, hash: &Value) -> Result<Option<&'a Content>, Reason> {
        let hash: [u8; 32] = hash.as_bytes().and_then(|hash| hash.try_into().ok()).ok_or(Reason::TokenMalformed { layer: LAYER })?;
        if self.digests.contains(&hash) {
            return Err(Reason::DisclosureDoubled);
        }
        self.digests.push(hash);
        let found = self.disclosures.iter().position(|disclosure| disclosure.digest == hash);
        Ok(found.map(|index| {
            self.used[index] = true;
            &self.disclosures[index].content
        }))
    }

    fn value(&mut self, value: &Value, depth: usize) -> Result<Value, Reason> {
        if depth > MAX_DEPTH {
            return Err(Reason::DisclosureMalformed);
        }
        Ok(match value {
            Value::Map(map) => Value::Map(self.map(map, depth + 1)?),
            Value::Array(items) => Value::Array(self.array(items, depth + 1)?),
            Value::Tag(tag, item) => Value::Tag(*tag, Box::new(self.value(item, depth + 1)?)),
            other => other.clone(),
        })
    }

    fn array(&mut self, items: &[Value], depth: usize) -> Result<Vec<Value>, Reason> {
        let mut out = Vec::with_capacity(items.len());
        for item in items {
            if let Value::Tag(label::REDACTED_ELEMENT, hash) = item {
                match self.find(hash)? {
                    Some(Content::Element(element)) => out.push(self.value(element, depth)?),
                    Some(Content::Claim(..)) => return Err(Reason::DisclosureMalformed),
                    Some(Content::Decoy) | None => {}
                }
            } else {
                out.push(self.value(item, depth)?);
            }
        }
        Ok(out)
    }

    fn map(&mut self, map: &Map, depth: usize) -> Result<Map, Reason> {
        let mut out = Map::default();
        for (key, value) in &map.0 {
            if key != &Value::Simple(label::REDACTED_KEYS) {
                out.0.push((key.clone(), self.value(value, depth)?));
            }
        }
        let Some(hashes) = map.find(&Value::Simple(label::REDACTED_KEYS)) else { return Ok(out) };
        for hash in hashes.as_array().ok_or(Reason::TokenMalformed { layer: LAYER })? {
            match self.find(hash)? {
                Some(Content::Claim(key, value)) => {
                    if map.find(key).is_some() || out.find(key).is_some() {
                        return Err(Reason::DisclosureDoubled);
                    }
                    out.0.push((key.clone(), self.value(value, depth)?));
                }
                Some(Content::Element(_)) => return Err(Reason::DisclosureMalformed),
                Some(Content::Decoy) | None => {}
            }
        }
        Ok(out)
    }
}

/// A new SD-CWT before its signature. Of the claims under the key `within`, those that `redact` names become disclosures.
#[must_use]
pub fn issue(mut claims: Map, within: i64, redact: impl Fn(&Value) -> bool, kid: KeyId, entropy: &mut Entropy) -> Unsigned {
    let mut disclosures = Vec::new();
    for (key, value) in &mut claims.0 {
        if let (Value::Int(found), Value::Map(inner)) = (&*key, value)
            && *found == within
        {
            disclosures = redact_in(inner, &redact, entropy);
        }
    }
    let unprotected =
        if disclosures.is_empty() { Map::default() } else { Map(vec![(Value::Int(label::SD_CLAIMS), Value::Array(disclosures))]) };
    let protected = vec![(header::KID, Value::Bytes(kid.to_vec())), (header::TYP, Value::Int(label::TYP))];
    Unsigned::new(protected, unprotected, &Value::Map(claims))
}

fn redact_in(inner: &mut Map, redact: &impl Fn(&Value) -> bool, entropy: &mut Entropy) -> Vec<Value> {
    let (hidden, clear) = std::mem::take(&mut inner.0).into_iter().partition::<Vec<_>, _>(|(key, _)| redact(key));
    inner.0 = clear;
    let disclosures: Vec<_> = hidden
        .into_iter()
        .map(|(key, value)| Value::Array(vec![Value::Bytes(entropy.bytes::<16>().to_vec()), value, key]).encode())
        .collect();
    // Sorted by digest, so that the order tells nothing of what is redacted.
    let mut digests: Vec<_> = disclosures.iter().map(|bytes| digest(bytes)).collect();
    digests.sort_unstable();
    if !digests.is_empty() {
        let hashes = digests.iter().map(|digest| Value::Bytes(digest.to_vec())).collect();
        inner.0.push((Value::Simple(label::REDACTED_KEYS), Value::Array(hashes)));
    }
    disclosures.into_iter().map(Value::Bytes).collect()
}
