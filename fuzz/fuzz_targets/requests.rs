//! Applications and requests: the readers are total, and what they read is written so and in no other way.
#![no_main]
use libfuzzer_sys::fuzz_target;
use tongma::{
    cbor::{self, Limits, Value},
    token::{Appeal, AppealInquiry, Application, Body, Head, Renewal, Report, Request},
};

/// What a body is read from is what it is written as.
fn body<B: Body>(value: &Value) {
    if let Some(body) = B::from_value(value) {
        assert_eq!(body.to_value().encode(), value.encode());
    }
}

fuzz_target!(|data: &[u8]| {
    let _ = Application::parse(data).map(|read| read.checks().len());
    let _ = Request::<Report>::parse(data).map(|read| read.checks().len());
    let _ = Request::<Appeal>::parse(data).map(|read| read.checks().len());
    let _ = Request::<AppealInquiry>::parse(data).map(|read| read.checks().len());
    // A renewal is looked into as the authority does it, whether its signature holds or not.
    let _ = Request::<Renewal>::parse(data).map(|read| read.checks().len());
    if let Ok(value) = cbor::decode(data, Limits::TOKEN) {
        body::<Report>(&value);
        body::<Appeal>(&value);
        body::<AppealInquiry>(&value);
        body::<Renewal>(&value);
        let renewal = Renewal { credential: Value::Int(0), possessions: vec![value], replace: false };
        let key = tongma::keys::SecretKey::generate(&mut tongma::entropy::Entropy::new([1; 32])).public();
        let head = Head { audience: "tm:36".into(), issued_at: tongma::time::UnixTime(0), id: [0; 16], key };
        let _ = renewal.keys(&head).map(|keys| keys.checks().len());
    }
});
