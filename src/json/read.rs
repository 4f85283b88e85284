use super::{MAX_DEPTH, Malformed};
use serde::{
    de::{DeserializeSeed, Deserializer, EnumAccess, IntoDeserializer, MapAccess, SeqAccess, VariantAccess, Visitor},
    forward_to_deserialize_any,
};
use std::borrow::Cow;

type Result<T> = std::result::Result<T, Malformed>;

/// What is left of a text.
pub(super) struct Reader<'de> {
    text: &'de str,
    at: usize,
    depth: u32,
}

impl<'de> Reader<'de> {
    pub(super) const fn new(text: &'de str) -> Self {
        Self { text, at: 0, depth: 0 }
    }

    /// Demands that nothing but spaces follows.
    pub(super) fn end(&mut self) -> Result<()> {
        if self.peek() == 0 && self.at == self.text.len() { Ok(()) } else { Err(Malformed) }
    }

    fn byte(&self) -> u8 {
        // Zero stands for the end: where it stands in a text it is malformed as well.
        self.text.as_bytes().get(self.at).copied().unwrap_or(0)
    }

    /// The next byte that is no space.
    #[inline(never)]
    fn peek(&mut self) -> u8 {
        while matches!(self.byte(), b' ' | b'\n' | b'\r' | b'\t') {
            self.at += 1;
        }
        self.byte()
    }

    fn skip(&mut self, expected: u8) -> bool {
        let there = self.peek() == expected;
        self.at += usize::from(there);
        there
    }

    #[inline(never)]
    fn demand(&mut self, expected: u8) -> Result<()> {
        if self.skip(expected) { Ok(()) } else { Err(Malformed) }
    }

    fn word(&mut self, word: &str) -> Result<()> {
        let end = self.at.saturating_add(word.len());
        if self.text.as_bytes().get(self.at..end) != Some(word.as_bytes()) {
            return Err(Malformed);
        }
        self.at = end;
        Ok(())
    }

    fn digits(&mut self, mut each: impl FnMut(u8)) -> Result<()> {
        let from = self.at;
        while self.byte().is_ascii_digit() {
            each(self.byte() - b'0');
            self.at += 1;
        }
        if self.at == from { Err(Malformed) } else { Ok(()) }
    }

    #[inline(never)]
    fn number(&mut self) -> Result<Number> {
        let negative = self.byte() == b'-';
        self.at += usize::from(negative);
        let zero = self.byte() == b'0';
        let from = self.at;
        // Digits that no longer fit raise the exponent instead.
        let (mut mantissa, mut exponent, mut whole) = (0_u64, 0_i32, true);
        let mut take = |digit: u8, point: i32, exponent: &mut i32| match mantissa.checked_mul(10).and_then(|m| m.checked_add(digit.into()))
        {
            Some(longer) if *exponent <= 0 => {
                mantissa = longer;
                *exponent -= point;
            }
            _ if point == 0 => *exponent = exponent.saturating_add(1),
            _ => {}
        };
        self.digits(|digit| take(digit, 0, &mut exponent))?;
        if zero && self.at - from > 1 {
            return Err(Malformed);
        }
        if self.byte() == b'.' {
            self.at += 1;
            whole = false;
            self.digits(|digit| take(digit, 1, &mut exponent))?;
        }
        if matches!(self.byte(), b'e' | b'E') {
            self.at += 1;
            whole = false;
            let down = self.byte() == b'-';
            self.at += usize::from(down || self.byte() == b'+');
            let mut stated = 0_i32;
            self.digits(|digit| stated = stated.saturating_mul(10).saturating_add(digit.into()))?;
            exponent = if down { exponent.saturating_sub(stated) } else { exponent.saturating_add(stated) };
        }
        match (negative, whole && exponent == 0) {
            (false, true) => Ok(Number::Unsigned(mantissa)),
            (true, true) if mantissa > 0 && mantissa <= i64::MIN.unsigned_abs() => {
                Ok(Number::Signed(0_i64.wrapping_sub_unsigned(mantissa)))
            }
            _ => fraction(negative, mantissa, exponent),
        }
    }

    /// A text between quotes, the first of which was seen.
    #[inline(never)]
    fn string(&mut self) -> Result<Cow<'de, str>> {
        self.demand(b'"')?;
        let mut whole = Cow::Borrowed("");
        loop {
            let from = self.at;
            while !matches!(self.byte(), b'"' | b'\\' | 0..=0x1f) {
                self.at += 1;
            }
            let plain = self.text.get(from..self.at).ok_or(Malformed)?;
            if whole.is_empty() {
                whole = Cow::Borrowed(plain)
            } else {
                whole.to_mut().push_str(plain)
            }
            let mark = self.byte();
            self.at += 1;
            match mark {
                b'"' => return Ok(whole),
                b'\\' => whole.to_mut().push(self.escape()?),
                _ => return Err(Malformed),
            }
        }
    }

    fn escape(&mut self) -> Result<char> {
        let mark = self.byte();
        self.at += 1;
        Ok(match mark {
            b'"' | b'\\' | b'/' => mark.into(),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let first = self.unit()?;
                if !(0xd800..0xdc00).contains(&first) {
                    // A second half without its first is no character.
                    return char::from_u32(first).ok_or(Malformed);
                }
                self.word("\\u")?;
                let second = self.unit()?;
                if !(0xdc00..0xe000).contains(&second) {
                    return Err(Malformed);
                }
                char::from_u32(0x1_0000 + ((first & 0x3ff) << 10) + (second & 0x3ff)).ok_or(Malformed)?
            }
            _ => return Err(Malformed),
        })
    }

    /// Four hexadecimal digits.
    fn unit(&mut self) -> Result<u32> {
        let mut unit = 0;
        for _ in 0..4 {
            unit = unit << 4 | char::from(self.byte()).to_digit(16).ok_or(Malformed)?;
            self.at += 1;
        }
        Ok(unit)
    }

    /// Goes into an array or object.
    fn enter(&mut self, open: u8) -> Result<()> {
        self.demand(open)?;
        self.depth += 1;
        if self.depth > MAX_DEPTH { Err(Malformed) } else { Ok(()) }
    }

    fn leave(&mut self, close: u8) -> Result<()> {
        self.depth -= 1;
        self.demand(close)
    }

    /// Whether another member comes before this end.
    #[inline(never)]
    fn more(&mut self, first: &mut bool, close: u8) -> Result<bool> {
        if self.peek() == close {
            return Ok(false);
        }
        if !std::mem::take(first) {
            self.demand(b',')?;
        }
        Ok(true)
    }
}

enum Number {
    Unsigned(u64),
    Signed(i64),
    Fraction(f64),
}

#[allow(clippy::cast_precision_loss)]
fn fraction(negative: bool, mantissa: u64, exponent: i32) -> Result<Number> {
    let mut value = mantissa as f64;
    // Powers of ten are exact up to 10²²: one step is all that usual numbers take.
    let mut left = if mantissa == 0 { 0 } else { exponent.unsigned_abs().min(800) };
    while left > 0 {
        let step = left.min(22);
        let power = (0..step).fold(1.0, |power, _| power * 10.0);
        value = if exponent < 0 { value / power } else { value * power };
        left -= step;
    }
    if value.is_finite() { Ok(Number::Fraction(if negative { -value } else { value })) } else { Err(Malformed) }
}

impl<'de> Deserializer<'de> for &mut Reader<'de> {
    type Error = Malformed;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.peek() {
            b'"' => match self.string()? {
                Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
                Cow::Owned(text) => visitor.visit_string(text),
            },
            b'{' => {
                self.enter(b'{')?;
                let value = visitor.visit_map(Members { reader: self, first: true })?;
                self.leave(b'}')?;
                Ok(value)
            }
            b'[' => {
                self.enter(b'[')?;
                let value = visitor.visit_seq(Items { reader: self, first: true })?;
                self.leave(b']')?;
                Ok(value)
            }
            b't' => self.word("true").and_then(|()| visitor.visit_bool(true)),
            b'f' => self.word("false").and_then(|()| visitor.visit_bool(false)),
            b'n' => self.word("null").and_then(|()| visitor.visit_unit()),
            _ => match self.number()? {
                Number::Unsigned(number) => visitor.visit_u64(number),
                Number::Signed(number) => visitor.visit_i64(number),
                Number::Fraction(number) => visitor.visit_f64(number),
            },
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        if self.peek() == b'n' { self.word("null").and_then(|()| visitor.visit_none()) } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(self, _: &'static str, _: &'static [&'static str], visitor: V) -> Result<V::Value> {
        if self.peek() == b'"' {
            return visitor.visit_enum((&*self.string()?).into_deserializer());
        }
        self.enter(b'{')?;
        let value = visitor.visit_enum(Variant(self))?;
        self.leave(b'}')?;
        Ok(value)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple tuple_struct map struct
        identifier ignored_any
    }
}

struct Items<'a, 'de> {
    reader: &'a mut Reader<'de>,
    first: bool,
}

impl<'de> SeqAccess<'de> for Items<'_, 'de> {
    type Error = Malformed;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>> {
        if self.reader.more(&mut self.first, b']')? { seed.deserialize(&mut *self.reader).map(Some) } else { Ok(None) }
    }
}

struct Members<'a, 'de> {
    reader: &'a mut Reader<'de>,
    first: bool,
}

impl<'de> MapAccess<'de> for Members<'_, 'de> {
    type Error = Malformed;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>> {
        if !self.reader.more(&mut self.first, b'}')? {
            return Ok(None);
        }
        if self.reader.peek() == b'"' { seed.deserialize(&mut *self.reader).map(Some) } else { Err(Malformed) }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value> {
        self.reader.demand(b':')?;
        seed.deserialize(&mut *self.reader)
    }
}

/// A variant with content: an object of one member.
struct Variant<'a, 'de>(&'a mut Reader<'de>);

impl<'de> EnumAccess<'de> for Variant<'_, 'de> {
    type Error = Malformed;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self)> {
        if self.0.peek() != b'"' {
            return Err(Malformed);
        }
        let variant = seed.deserialize(&mut *self.0)?;
        self.0.demand(b':')?;
        Ok((variant, self))
    }
}

impl<'de> VariantAccess<'de> for Variant<'_, 'de> {
    type Error = Malformed;

    fn unit_variant(self) -> Result<()> {
        self.0.peek();
        self.0.word("null")
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value> {
        seed.deserialize(self.0)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value> {
        self.0.deserialize_any(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], visitor: V) -> Result<V::Value> {
        self.0.deserialize_any(visitor)
    }
}
