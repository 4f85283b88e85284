use super::*;
use proptest::prelude::*;
use serde_json::{Value as Json, json};

/// What a value is in JSON; a time is its milliseconds under `time`.
fn plain(value: &Value<'_>) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Bool(value) => json!(value),
        Value::Int(value) => json!(value),
        Value::Float(value) => json!(value),
        Value::Text(text) => json!(text),
        Value::Time(time) => json!({ "time": DateTime::text_of(time.to_unix()) }),
        Value::Json(json) => (*json).clone(),
        Value::List(_) => (0..value.array_len().unwrap()).map(|index| plain(&value.item(index))).collect(),
        Value::Scope(_) => json!("scope"),
    }
}

fn run(logic: &Json, data: &Json) -> Result<Json, LogicError> {
    let expression = Expression::parse(logic)?;
    expression.evaluate(data).map(|value| plain(&value))
}

#[test]
fn operators() {
    let data = json!({ "x": { "y": [1, { "z": "deep" }, null, 1.5] }, "empty": {}, "none": [], "7": "seven" });
    let cases = [
        (json!("text"), json!("text")),
        (json!([1, "a", [true]]), json!([1, "a", [true]])),
        (json!(2.0), json!(2)),
        (json!({ "var": "" }), data.clone()),
        (json!({ "var": "x.y.1.z" }), json!("deep")),
        (json!({ "var": "x.y.9.z" }), json!(null)),
        (json!({ "var": "x.nowhere.at.all" }), json!(null)),
        (json!({ "var": "7" }), json!("seven")),
        (json!({ "if": [{ "var": "empty" }, 1, 2] }), json!(2)),
        (json!({ "if": [{ "var": "none" }, 1, 2] }), json!(2)),
        (json!({ "if": [{ "var": "x" }, 1, 2] }), json!(1)),
        (json!({ "if": ["", 1, 2] }), json!(2)),
        (json!({ "if": [0, 1, 2] }), json!(2)),
        (json!({ "===": [1, "1"] }), json!(false)),
        (json!({ "===": [{ "var": "x.y.2" }, { "var": "gone" }] }), json!(true)),
        (json!({ "===": [{ "var": "x" }, { "var": "gone" }] }), json!(false)),
        (json!({ "and": [1, "", 2] }), json!("")),
        (json!({ "and": [1, true, 2] }), json!(2)),
        (json!({ "and": [false, { ">": ["no", "number"] }] }), json!(false)),
        (json!({ "in": [1, { "var": "x.y" }] }), json!(true)),
        (json!({ "in": [2, { "var": "x.y" }] }), json!(false)),
        (json!({ "in": [{ "var": "gone" }, { "var": "x.y" }] }), json!(true)),
        (json!({ "+": [1, -2] }), json!(-1)),
        (json!({ "!": [{ "var": "gone" }] }), json!(true)),
        (json!({ ">": [3, 2, 2] }), json!(false)),
        (json!({ ">": [3, 2, 1] }), json!(true)),
        (json!({ ">=": [3, 3] }), json!(true)),
        (json!({ "<": [1, 2, 3] }), json!(true)),
        (json!({ "<=": [1, 1, 0] }), json!(false)),
        (json!({ "reduce": [[1, 2, 3], { "+": [{ "var": "accumulator" }, { "var": "current" }] }, 10] }), json!(16)),
        (json!({ "reduce": [{ "var": "gone" }, { "var": "current" }, "first"] }), json!("first")),
        (json!({ "reduce": [[5], { "var": "" }, 0] }), json!("scope")),
        (json!({ "reduce": [[5], { "var": "x" }, 0] }), json!(null)),
        (json!({ "extractFromUVCI": [{ "var": "gone" }, 0] }), json!(null)),
        (json!({ "extractFromUVCI": ["a::c/#/f", 2] }), json!("c")),
        (json!({ "extractFromUVCI": ["a::c/#/f", 5] }), json!("f")),
        (json!({ "extractFromUVCI": ["a::c/#/f", 6] }), json!(null)),
        (json!({ "extractFromUVCI": ["a", -1] }), json!(null)),
        (json!({ "extractFromUVCI": ["URN:UVCI:01:NL:X#1", 1] }), json!("NL")),
    ];
    for (logic, expected) in cases {
        assert_eq!(run(&logic, &data), Ok(expected), "{logic}");
    }
}

#[test]
fn times() {
    let added = |text: &str, amount: i64, unit: &str| run(&json!({ "plusTime": [text, amount, unit] }), &json!(null));
    for (text, amount, unit, expected) in [
        ("2021-05-04", 0, "day", "2021-05-04T00:00:00Z"),
        ("2021-05-04T13:37:42", 0, "day", "2021-05-04T13:37:42Z"),
        ("2021-08-20T12:03:12+2", 0, "hour", "2021-08-20T10:03:12Z"),
        ("2021-08-20T12:03:12+02", 0, "hour", "2021-08-20T10:03:12Z"),
        ("2021-08-20T12:03:12+230", 0, "hour", "2021-08-20T09:33:12Z"),
        ("2021-08-20T12:03:12-0200", 0, "hour", "2021-08-20T14:03:12Z"),
        ("2021-08-01T00:00:00+1:00", 0, "hour", "2021-07-31T23:00:00Z"),
        ("2021-08-20T12:03:12.123456+02:00", 0, "hour", "2021-08-20T10:03:12Z"),
        ("2021-06-23", -180, "day", "2020-12-25T00:00:00Z"),
        ("2021-06-23T00:00:00Z", -48, "hour", "2021-06-21T00:00:00Z"),
        ("2021-12-01", 1, "month", "2022-01-01T00:00:00Z"),
        ("2021-12-01", -12, "month", "2020-12-01T00:00:00Z"),
        ("2021-01-31", 1, "month", "2021-03-03T00:00:00Z"),
        ("2020-02-29", 1, "year", "2021-03-01T00:00:00Z"),
        ("2020-02-29", -4, "year", "2016-02-29T00:00:00Z"),
        ("2004", 0, "day", "2004-12-31T00:00:00Z"),
        ("2004-02", 18, "year", "2022-03-01T00:00:00Z"),
    ] {
        assert_eq!(added(text, amount, unit), Ok(json!({ "time": expected })), "{text} {amount} {unit}");
    }
    for text in [
        "",
        "2021",
        "20x1-01-01",
        "2021-13-01",
        "2021-02-29",
        "2021-00-01",
        "2021-01-00",
        "2021-1-1",
        "2021-01-01 00:00:00",
        "2021-01-01T24:00:00",
        "2021-01-01T00:60:00",
        "2021-01-01T00:00:60",
        "2021-01-01T00:00",
        "2021-01-01T00:00:00.",
        "２０２１",
        "2021-01-01T00:00:00z",
        "2021-01-01T00:00:00+",
        "2021-01-01T00:00:00+1:0",
        "2021-01-01T00:00:00+24",
        "2021-01-01T00:00:00.1+02:60",
    ] {
        let expected = if text == "2021" { Ok(DateTime(1_640_908_800_000)) } else { Err(LogicError::BadTime) };
        assert_eq!(DateTime::parse_any(text), expected, "{text}");
        assert_eq!(DateTime::parse(text), Err(LogicError::BadTime), "{text}");
    }
    assert_eq!(added("2021-01-01", i64::MAX, "day"), Err(LogicError::OutOfRange));
    assert_eq!(added("2021-01-01", 9_000_000_000, "month"), Err(LogicError::OutOfRange));
    assert_eq!(added("2021-01-01", 275_000, "year"), Err(LogicError::OutOfRange));
    assert_eq!(DateTime::parse("2021-08-01T00:00:00.0189Z").unwrap().0 % 1000, 18);
}

#[test]
fn times_are_compared() {
    let time = |text: &str| json!({ "plusTime": [text, 0, "day"] });
    let (one, two, three) = (time("2021-01-01"), time("2021-01-02"), time("2021-01-03"));
    for (operator, rising, falling, equal) in
        [("after", false, true, false), ("before", true, false, false), ("not-after", true, false, true), ("not-before", false, true, true)]
    {
        assert_eq!(run(&json!({ operator: [one, two, three] }), &json!(null)), Ok(json!(rising)), "{operator}");
        assert_eq!(run(&json!({ operator: [three, two, one] }), &json!(null)), Ok(json!(falling)), "{operator}");
        assert_eq!(run(&json!({ operator: [two, two] }), &json!(null)), Ok(json!(equal)), "{operator}");
        assert_eq!(run(&json!({ operator: [one, three, two] }), &json!(null)), Ok(json!(false)), "{operator}");
    }
}

#[test]
fn a_partial_birth_date_is_its_last_day() {
    let minor = json!({ "after": [{ "dccDateOfBirth": [{ "var": "dob" }] }, { "plusTime": [{ "var": "now" }, -18, "year"] }] });
    for (dob, now, expected) in [
        ("2004-01-01", "2021-12-31T23:59:59.999Z", true),
        ("2004-01-01", "2022-01-01T00:00:00.000Z", false),
        ("2004-01", "2022-01-30T13:37:00.042Z", true),
        ("2004-01", "2022-01-31T00:00:00.000", false),
        ("2004", "2022-12-30T13:37:00.042Z", true),
        ("2004", "2022-12-31T00:00:00.000Z", false),
    ] {
        assert_eq!(run(&minor, &json!({ "dob": dob, "now": now })), Ok(json!(expected)), "{dob} {now}");
    }
    for text in ["", "2004-1", "2004-13", "2004-01-01T00:00:00Z", "04"] {
        assert_eq!(DateTime::parse_birth_date(text), Err(LogicError::BadTime), "{text}");
    }
}

#[test]
fn what_is_not_certlogic_is_refused() {
    let malformed = |operator| LogicError::Malformed { operator };
    let wrong = |operator| LogicError::WrongType { operator };
    let cases = [
        (json!(null), LogicError::Literal),
        (json!(1.5), LogicError::Literal),
        (json!({}), LogicError::Literal),
        (json!({ "!": [1], "and": [1, 2] }), LogicError::Literal),
        (json!({ "or": [true, false] }), LogicError::UnknownOperator("or".into())),
        (json!({ "var": 0 }), malformed("var")),
        (json!({ "var": ["x"] }), malformed("var")),
        (json!({ "!": true }), malformed("!")),
        (json!({ "!": [] }), malformed("!")),
        (json!({ "!": [1, 2] }), malformed("!")),
        (json!({ "if": [1, 2] }), malformed("if")),
        (json!({ "and": [true] }), malformed("and")),
        (json!({ "===": [1, 1, 1] }), malformed("===")),
        (json!({ "<": [1] }), malformed("<")),
        (json!({ "before": [1, 2, 3, 4] }), malformed("before")),
        (json!({ "plusTime": ["2021-01-01", 1, "week"] }), malformed("plusTime")),
        (json!({ "plusTime": ["2021-01-01", "1", "day"] }), malformed("plusTime")),
        (json!({ "plusTime": ["2021-01-01", { "+": [1, 1] }, "day"] }), malformed("plusTime")),
        (json!({ "extractFromUVCI": ["a"] }), malformed("extractFromUVCI")),
        (json!({ "reduce": [[], 1] }), malformed("reduce")),
        (json!({ "<": [1, "2"] }), wrong("<")),
        (json!({ "<": [1, { "var": "fraction" }] }), wrong("<")),
        (json!({ "before": ["2021-01-01", "2021-01-02"] }), wrong("before")),
        (json!({ "+": ["a", "b"] }), wrong("+")),
        (json!({ "+": [i64::MAX, 1] }), LogicError::OutOfRange),
        (json!({ "in": [1, 1] }), wrong("in")),
        (json!({ "in": [[], []] }), wrong("in")),
        (json!({ "===": [[], []] }), wrong("===")),
        (json!({ "reduce": [1, 1, 1] }), wrong("reduce")),
        (json!({ "extractFromUVCI": [1, 1] }), wrong("extractFromUVCI")),
        (json!({ "dccDateOfBirth": [1] }), wrong("dccDateOfBirth")),
        (json!({ "plusTime": [1, 1, "day"] }), wrong("plusTime")),
        (json!({ "plusTime": ["yesterday", 1, "day"] }), LogicError::BadTime),
        (json!({ "if": [{ "plusTime": ["2021-01-01", 0, "day"] }, 1, 2] }), LogicError::Undecided),
    ];
    for (logic, expected) in cases {
        assert_eq!(run(&logic, &json!({ "fraction": 0.5 })), Err(expected), "{logic}");
    }
}

#[test]
fn depth_size_and_steps_are_bounded() {
    let nested = |depth: usize| (0..depth).fold(json!(1), |inner, _| json!({ "!": [inner] }));
    assert!(run(&nested(63), &json!(null)).is_ok());
    assert_eq!(run(&nested(64), &json!(null)), Err(LogicError::TooDeep));
    assert_eq!(run(&json!({ "var": "a.".repeat(64) }), &json!(null)), Err(LogicError::TooDeep));
    assert_eq!(run(&json!(vec![0; 10_001]), &json!(null)), Err(LogicError::TooLarge));
    let items = json!(vec![0; 1000]);
    // Two nested folds over a thousand items.
    let inner = json!({ "reduce": [{ "var": "current" }, { "+": [{ "var": "accumulator" }, 1] }, 0] });
    let outer = json!({ "reduce": [{ "var": "" }, inner, 0] });
    assert_eq!(run(&outer, &json!(vec![items.clone(); 1000])), Err(LogicError::TooManySteps));
    // Lists and scopes within one another, which would need a deep stack or double every time.
    for lambda in [json!([{ "var": "accumulator" }]), json!([{ "var": "accumulator" }, { "var": "accumulator" }]), json!({ "var": "" })] {
        assert_eq!(run(&json!({ "reduce": [{ "var": "" }, lambda, 0] }), &items), Err(LogicError::TooDeep));
    }
    let long = "a".repeat(1 << 20);
    let logic = json!({ "reduce": [{ "var": "items" }, { "===": [{ "var": "current" }, { "var": "current" }] }, 0] });
    assert_eq!(run(&logic, &json!({ "items": vec![long; 20] })), Err(LogicError::TooManySteps));
}

#[test]
fn a_rule_holds_or_not() {
    let holds = |logic: Json| Expression::parse(&logic).unwrap().holds(&json!({}));
    assert_eq!(holds(json!(true)), Ok(true));
    assert_eq!(holds(json!({ "and": [{ "var": "gone" }, true] })), Ok(false));
    assert_eq!(holds(json!("yes")), Err(LogicError::NotBoolean));
    assert_eq!(holds(json!({ "plusTime": ["2021-01-01", 0, "day"] })), Err(LogicError::NotBoolean));
}

/// Expressions of all operators, well-formed mostly.
fn logic() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        (-3_i64..3).prop_map(Json::from),
        "[a-c:/]{0,3}".prop_map(Json::from),
        Just(json!("2021-02-28T23:59:59.9+1")),
        "(|a|b|0|1|current|accumulator)(\\.(a|b|0|1))?".prop_map(|path| json!({ "var": path })),
    ];
    leaf.prop_recursive(6, 48, 4, |inner| {
        let operators = ["and", "if", "===", "in", "+", "!", "reduce", "dccDateOfBirth", "after", "not-before", "<", ">=", "nonsense"];
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Json::from),
            (proptest::sample::select(operators.to_vec()), proptest::collection::vec(inner.clone(), 1..4))
                .prop_map(|(operator, operands)| json!({ operator: operands })),
            (inner.clone(), any::<i64>(), proptest::sample::select(vec!["day", "hour", "month", "year"]))
                .prop_map(|(operand, amount, unit)| json!({ "plusTime": [operand, amount, unit] })),
            (inner, -1_i64..5).prop_map(|(operand, index)| json!({ "extractFromUVCI": [operand, index] })),
        ]
    })
}

proptest! {
    #[test]
    fn evaluation_is_total(logic in logic(), data in logic()) {
        let _ = run(&logic, &data);
    }

    #[test]
    fn dates_survive(seconds in -62_167_219_200_i64..253_402_300_800) {
        let time = crate::time::UnixTime(seconds);
        prop_assert_eq!(DateTime::parse(&DateTime::text_of(time)).unwrap().to_unix(), time);
    }

    #[test]
    fn any_text_is_a_time_or_not(text in "\\PC{0,30}") {
        let _ = (DateTime::parse_any(&text), DateTime::parse_birth_date(&text));
    }
}
