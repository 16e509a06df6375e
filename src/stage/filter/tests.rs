//! Tests of the filters: what falls, and what stays in every script.

use super::find;
use crate::model::{Block, Kind};
use crate::options::Filter;
use crate::text::Span;

const ALL: [Filter; 3] = [Filter::C4, Filter::Gopher, Filter::FineWeb];

fn judged(lines: &[&str]) -> (Vec<(usize, &'static str)>, Option<&'static str>) {
    by(&ALL, lines)
}

fn by(filters: &[Filter], lines: &[&str]) -> (Vec<(usize, &'static str)>, Option<&'static str>) {
    let text = lines.join("\n");
    let mut at = 0;
    let blocks: Vec<Block> = lines
        .iter()
        .map(|line| {
            let span = Span::new(at, at + line.len());
            at += line.len() + 1;
            Block { span, kind: Kind::Paragraph }
        })
        .collect();
    let found = find(&text, &blocks, &vec![true; blocks.len()], filters);
    (found.blocks, found.document)
}

#[test]
fn clean_sentences_stay_in_every_script() {
    for line in [
        "The council met on Monday and put off the vote on the new tram line until the autumn.",
        "Совет собрался в понедельник и отложил голосование о новой трамвайной линии до осени.",
        "理事会于周一开会，将新电车线路的表决推迟到秋季。",
        "理事会は月曜日に開かれ、新しい路面電車の採決は秋まで延期された。",
        "สภาประชุมเมื่อวันจันทร์และเลื่อนการลงมติเรื่องรถรางสายใหม่ไปจนถึงฤดูใบไม้ร่วง",
        "اجتمع المجلس يوم الاثنين وأجل التصويت على خط الترام الجديد حتى الخريف.",
        "परिषद की बैठक सोमवार को हुई और नई ट्राम लाइन पर मतदान शरद ऋतु तक टाल दिया गया।",
        "Neuvosto kokoontui maanantaina ja lykkäsi uuden raitiovaunulinjan äänestyksen syksyyn.",
        "Hội đồng họp hôm thứ Hai và hoãn bỏ phiếu về tuyến xe điện mới đến mùa thu.",
        "Council to meet again",
    ] {
        assert_eq!(judged(&[line]), (vec![], None), "{line}");
    }
}

#[test]
fn bad_lines_fall_and_the_others_stay() {
    let good = "The depot by the river is to be rebuilt, and the old halls will house a market.";
    let rule = |bad: &str| judged(&[good, bad, "Work begins in May, when the last trams have left the yard."]);
    for (bad, why) in [
        ("Lorem ipsum dolor sit amet, consectetur adipiscing elit.", "filter.c4.placeholder"),
        ("Please enable JavaScript in your browser to see this page.", "filter.c4.javascript"),
        ("Чтобы видеть страницу, включите JavaScript в браузере.", "filter.c4.javascript"),
        ("请在浏览器中启用JavaScript以查看本页。", "filter.c4.javascript"),
        ("function a() { return b[0] = {}; }", "filter.c4.code"),
        ("Read more", "filter.c4.line"),
        ("#tram #depot #city #news #today #river #market #hall #yard #may", "filter.gopher.symbols"),
        ("1 2 3 4 5 6 7 8 9 10 11 total 12 13 14", "filter.gopher.letters"),
        ("a b c d e f g h i j k l m n o p", "filter.gopher.word-length"),
    ] {
        assert_eq!(rule(bad), (vec![(1, why)], None), "{bad}");
    }
    let about = "He wrote the timetable of the trams in JavaScript, which surprised the older engineers.";
    assert_eq!(rule(about), (vec![], None));
}

#[test]
fn documents_fall_by_what_most_of_their_lines_are() {
    let cut = [
        "The trams of the eastern lines will stop at the old depot ...",
        "More on the works that the city plans this year …",
    ];
    let many: Vec<&str> = cut.iter().cycle().take(6).copied().collect();
    let numbered: Vec<String> =
        many.iter().zip(["one", "two", "three", "four", "five", "six"]).map(|(a, b)| format!("{b} {a}")).collect();
    let lines: Vec<&str> = numbered.iter().map(String::as_str).collect();
    assert_eq!(judged(&lines).1, Some("filter.gopher.ellipsis"));
    let spam = "cheap tickets for trams online now best price here ".repeat(12);
    assert_eq!(judged(&[&spam]).1, Some("filter.gopher.repetition"));
    let labels: Vec<String> = (0..20).map(|n| format!("Line {n} to the harbour")).collect();
    let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
    assert_eq!(by(&[Filter::FineWeb], &labels).1, Some("filter.fineweb.punctuation"));
    let short: Vec<String> = (0..16).map(|n| format!("It was tram number {n}.")).collect();
    let short: Vec<&str> = short.iter().map(String::as_str).collect();
    assert_eq!(by(&[Filter::FineWeb], &short).1, Some("filter.fineweb.short-lines"));
}

#[test]
fn shortness_and_a_copy_are_no_faults() {
    assert_eq!(judged(&[]), (vec![], None));
    let line = "The council met on Monday and put off the vote on the new tram line until the autumn.";
    assert_eq!(judged(&[line, line]).1, None);
}
