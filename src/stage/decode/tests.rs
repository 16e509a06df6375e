//! Tests of decoding.

use super::{Decoded, Hints, How, Span, by_label, decode, decode_vec, looks_binary};
use crate::rules::Overlay;
use crate::rules::letters::LetterRules;

fn both(bytes: &[u8]) -> Decoded {
    decode_vec(bytes.to_vec())
}

fn any(bytes: &[u8], hints: &Hints<'_>) -> Decoded {
    decode(bytes.to_vec(), hints, &LetterRules::load(&Overlay::default()).unwrap())
}

#[test]
fn a_byte_order_mark_is_no_part_of_the_text() {
    assert_eq!(both("\u{feff}Закон".as_bytes()).text, "Закон");
    assert_eq!(both(b"\xff\xfe\x17\x04").text, "З");
    assert_eq!(both(b"\xfe\xff\x04\x17").text, "З");
    assert_eq!(both("\u{feff}\u{feff}a".as_bytes()).text, "\u{feff}a", "only the first one is a mark");
}

#[test]
fn utf_16_is_known_by_its_zero_bytes() {
    for text in
        ["The council met on Monday.\n", "Совет собрался в понедельник.\n", "理事会は月曜日に開かれた。\n理事会。\n"]
    {
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let (little, big) = (both(&little), both(&big));
        assert_eq!((little.text.as_str(), little.encoding), (text, "utf-16le"));
        assert_eq!((big.text.as_str(), big.encoding), (text, "utf-16be"));
    }
    assert_eq!(both(b"a\0b").encoding, "utf-8");
    assert_eq!(both(b"").encoding, "utf-8");
}

#[test]
fn what_cannot_be_decoded_is_counted_and_what_was_there_is_not() {
    let decoded = both(b"a\xffb\xc3(\xef\xbf\xbd \xf0\x9f\x98 \xe2\x82\xe2\x82");
    assert_eq!(decoded.text, String::from_utf8_lossy(b"a\xffb\xc3(\xef\xbf\xbd \xf0\x9f\x98 \xe2\x82\xe2\x82"));
    assert_eq!(decoded.lossy, 5);
    assert_eq!(decoded.places.len(), 4, "the last two are one run: {:?}", decoded.places);
    assert!(decoded.places.iter().all(|span| span.of(&decoded.text).chars().all(|c| c == '\u{fffd}')));
    let genuine = both("\u{fffd}".as_bytes());
    assert_eq!((genuine.lossy, genuine.places), (0, vec![]));
    let odd = both(b"\xff\xfea\0\x00\xd8b\0c");
    assert_eq!((odd.text.as_str(), odd.lossy), ("a\u{fffd}b\u{fffd}", 2));
}

#[test]
fn places_are_few_and_whole() {
    let decoded = both(&b"\xff\xffa".repeat(1_000));
    assert_eq!((decoded.lossy, decoded.places.len()), (2_000, 100));
    assert_eq!(decoded.places.first(), Some(&Span::new(0, 6)));
    assert_eq!(decoded.places.last().map(|s| s.len()), Some(6));
}

#[test]
fn programs_and_pictures_are_binary_and_text_is_not() {
    assert!(looks_binary(b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0>\0\x01\0\0\0"));
    assert!(looks_binary(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0\0\0\x01\0\x08\x06"));
    for text in
        ["", "The law.\r\n\tArticle 1\u{c}", "Закон", "one \0 stray zero in a longer text that is otherwise quite fine"]
    {
        assert!(!looks_binary(text.as_bytes()), "{text:?}");
    }
    let wide: Vec<u8> = "Совет собрался.\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert!(!looks_binary(&wide));
}

#[test]
fn legacy_encodings_are_told_by_their_letters() {
    let cases = [
        ("windows-1251", "Министерство опубликовало новые правила перевозки зерна, и они вступят в силу осенью."),
        ("koi8-r", "Министерство опубликовало новые правила перевозки зерна, и они вступят в силу осенью."),
        ("windows-1257", "Vyriausybė šiandien svarstė naują žemės ūkio įstatymą ir pasiūlė jį pataisyti."),
        ("windows-1250", "Ministři dnes schválili zákon o půdě a žádají, aby platil už od příštího léta."),
        ("windows-1252", "Die Minister haben über die Größe der Felder gesprochen, aber nichts beschlossen."),
        ("shift_jis", "政府は月曜日、新しい法律を発表した。農家は秋までに届け出る必要がある。"),
        ("big5", "政府星期一公布新的法律，農民必須在秋天以前登記。這些規定明年生效。"),
        ("gbk", "政府星期一公布新的法律，农民必须在秋天以前登记。这些规定明年生效。"),
        ("euc-kr", "정부는 월요일에 새로운 법을 발표했다. 농민은 가을까지 신고해야 한다."),
    ];
    for (label, text) in cases {
        let bytes = by_label(label).unwrap().encode(text).0.into_owned();
        let decoded = any(&bytes, &Hints::default());
        assert_eq!((decoded.text.as_str(), decoded.how), (text, How::Statistics), "{label}: {}", decoded.encoding);
    }
}

#[test]
fn what_is_said_of_the_encoding_is_believed_where_it_can_be() {
    let bytes = by_label("windows-1251").unwrap().encode("Закон").0.into_owned();
    let said = |label| Hints { declared: by_label(label), ..Hints::default() };
    assert_eq!(any(&bytes, &said("cp1251")).how, How::Declared);
    assert_eq!(any("Закон".as_bytes(), &said("windows-1251")).encoding, "utf-8", "valid UTF-8 is no chance");
    let given = Hints { given: by_label("koi8-r"), ..Hints::default() };
    assert_eq!((any(&bytes, &given).encoding, any(&bytes, &given).how), ("koi8-r", How::Given));
    assert_eq!(any(b"\xef\xbb\xbfa", &given).text, "a");
    assert_eq!(any(b"a \x1b$B%\"\x1b(B b", &Hints::default()).text, "a ア b");
}

#[test]
fn utf_8_with_a_few_broken_bytes_stays_utf_8() {
    let mut bytes = "Министерство опубликовало правила. ".repeat(9).into_bytes();
    bytes.push(0xd0);
    let decoded = any(&bytes, &Hints::default());
    assert_eq!((decoded.encoding, decoded.lossy), ("utf-8", 1));
}

#[test]
fn what_no_other_encoding_allows_is_gb18030() {
    // Every pair of the tables, a line each: pairs that Big5 and EUC-KR lack come often.
    let bytes: Vec<u8> = (0xa1..=0xfe).flat_map(|a| (0xa1..=0xfe).flat_map(move |b| [a, b, b'\n'])).collect();
    let decoded = any(&bytes, &Hints::default());
    assert_eq!((decoded.encoding, decoded.lossy), ("gb18030", 0));
}
