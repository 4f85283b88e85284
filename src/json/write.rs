use super::Malformed;
use serde::ser::{
    Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple, SerializeTupleStruct,
    SerializeTupleVariant, Serializer,
};

type Result<T = ()> = std::result::Result<T, Malformed>;

/// What was written so far.
pub(super) struct Writer {
    pub(super) out: String,
}

impl Writer {
    #[inline(never)]
    fn number(&mut self, negative: bool, mut number: u64) {
        // No number of 64 bits has more digits.
        let mut digits = [b'0'; 20];
        let mut from = digits.len();
        for (index, digit) in digits.iter_mut().enumerate().rev() {
            from = index;
            *digit = b'0' + (number % 10) as u8;
            number /= 10;
            if number == 0 {
                break;
            }
        }
        if negative {
            self.out.push('-');
        }
        self.out.extend(digits.iter().skip(from).map(|digit| char::from(*digit)));
    }

    #[inline(never)]
    fn string(&mut self, text: &str) {
        self.out.push('"');
        let mut plain = 0;
        for (at, byte) in text.bytes().enumerate() {
            // Nearly all of them: most of a long text is base64url.
            if byte > b'\\' || byte.is_ascii_alphanumeric() {
                continue;
            }
            let escape = match byte {
                b'"' => '"',
                b'\\' => '\\',
                8 => 'b',
                12 => 'f',
                b'\n' => 'n',
                b'\r' => 'r',
                b'\t' => 't',
                0..=31 => 'u',
                _ => continue,
            };
            self.out.push_str(text.get(plain..at).unwrap_or_default());
            plain = at + 1;
            self.out.push('\\');
            self.out.push(escape);
            if escape == 'u' {
                let digit = |digit: u8| char::from_digit(digit.into(), 16).unwrap_or('0');
                self.out.extend(['0', '0', digit(byte >> 4), digit(byte & 15)]);
            }
        }
        self.out.push_str(text.get(plain..).unwrap_or_default());
        self.out.push('"');
    }

    /// Opens an array or object; one that is a variant's content stands in an object of its own.
    fn open(&mut self, variant: Option<&str>, open: char, close: &'static str) -> Members<'_> {
        if let Some(variant) = variant {
            self.out.push('{');
            self.string(variant);
            self.out.push(':');
        }
        self.out.push(open);
        Members { writer: self, first: true, close }
    }
}

macro_rules! whole_numbers {
    ($($name:ident: $type:ty,)*) => {$(
        #[allow(unused_comparisons, clippy::cast_lossless, clippy::cast_sign_loss)]
        fn $name(self, number: $type) -> Result {
            let number = i128::from(number);
            self.number(number < 0, number.unsigned_abs() as u64);
            Ok(())
        }
    )*};
}

impl<'a> Serializer for &'a mut Writer {
    type Ok = ();
    type Error = Malformed;
    type SerializeSeq = Members<'a>;
    type SerializeTuple = Members<'a>;
    type SerializeTupleStruct = Members<'a>;
    type SerializeTupleVariant = Members<'a>;
    type SerializeMap = Members<'a>;
    type SerializeStruct = Members<'a>;
    type SerializeStructVariant = Members<'a>;

    whole_numbers! {
        serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64,
    }

    fn serialize_bool(self, value: bool) -> Result {
        self.out.push_str(if value { "true" } else { "false" });
        Ok(())
    }

    fn serialize_f32(self, _: f32) -> Result {
        Err(Malformed)
    }

    fn serialize_f64(self, _: f64) -> Result {
        Err(Malformed)
    }

    fn serialize_char(self, character: char) -> Result {
        self.string(character.encode_utf8(&mut [0; 4]));
        Ok(())
    }

    fn serialize_str(self, text: &str) -> Result {
        self.string(text);
        Ok(())
    }

    fn serialize_bytes(self, _: &[u8]) -> Result {
        Err(Malformed)
    }

    fn serialize_none(self) -> Result {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result {
        self.out.push_str("null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(self, _: &'static str, _: u32, variant: &'static str, value: &T) -> Result {
        let mut members = self.open(None, '{', "}");
        members.member(variant, value)?;
        members.close()
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Members<'a>> {
        Ok(self.open(None, '[', "]"))
    }

    fn serialize_tuple(self, _: usize) -> Result<Members<'a>> {
        Ok(self.open(None, '[', "]"))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Members<'a>> {
        Ok(self.open(None, '[', "]"))
    }

    fn serialize_tuple_variant(self, _: &'static str, _: u32, variant: &'static str, _: usize) -> Result<Members<'a>> {
        Ok(self.open(Some(variant), '[', "]}"))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Members<'a>> {
        Ok(self.open(None, '{', "}"))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Members<'a>> {
        Ok(self.open(None, '{', "}"))
    }

    fn serialize_struct_variant(self, _: &'static str, _: u32, variant: &'static str, _: usize) -> Result<Members<'a>> {
        Ok(self.open(Some(variant), '{', "}}"))
    }
}

/// An array or object that is open.
pub(super) struct Members<'a> {
    writer: &'a mut Writer,
    first: bool,
    close: &'static str,
}

impl Members<'_> {
    fn separate(&mut self) {
        if !std::mem::take(&mut self.first) {
            self.writer.out.push(',');
        }
    }

    fn item<T: Serialize + ?Sized>(&mut self, value: &T) -> Result {
        self.separate();
        value.serialize(&mut *self.writer)
    }

    #[inline(never)]
    fn name(&mut self, name: &str) {
        self.separate();
        self.writer.string(name);
        self.writer.out.push(':');
    }

    fn member<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result {
        self.name(name);
        value.serialize(&mut *self.writer)
    }

    fn close(self) -> Result {
        self.writer.out.push_str(self.close);
        Ok(())
    }
}

macro_rules! items {
    ($($kind:ident, $method:ident;)*) => {$(
        impl $kind for Members<'_> {
            type Ok = ();
            type Error = Malformed;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result {
                self.item(value)
            }

            fn end(self) -> Result {
                self.close()
            }
        }
    )*};
}

items! {
    SerializeSeq, serialize_element;
    SerializeTuple, serialize_element;
    SerializeTupleStruct, serialize_field;
    SerializeTupleVariant, serialize_field;
}

macro_rules! members {
    ($($kind:ident,)*) => {$(
        impl $kind for Members<'_> {
            type Ok = ();
            type Error = Malformed;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result {
                self.member(name, value)
            }

            fn end(self) -> Result {
                self.close()
            }
        }
    )*};
}

members! {
    SerializeStruct,
    SerializeStructVariant,
}

impl SerializeMap for Members<'_> {
    type Ok = ();
    type Error = Malformed;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result {
        self.separate();
        let from = self.writer.out.len();
        key.serialize(&mut *self.writer)?;
        // A name of a member is a text.
        if self.writer.out.as_bytes().get(from) == Some(&b'"') { Ok(()) } else { Err(Malformed) }
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result {
        self.writer.out.push(':');
        value.serialize(&mut *self.writer)
    }

    fn end(self) -> Result {
        self.close()
    }
}
