//! Words of Chinese as treebanks count them: a numeral or demonstrative and its measure word are two words, particles stand by themselves, and a
//! name that is written by its sound is one, which the dictionary of ICU breaks into characters.

use super::words::Bounds;

/// Numerals and words that point, before a measure word.
const COUNTS: &str = "一二两兩三四五六七八九十百千万萬亿億几幾数數半每这這那某各另该該首第";
/// Measure words.
const MEASURES: &str =
    "个個种種位家部支名座项項条條次年月日号號件只隻块塊张張本点點场場届屆所间間段批组組对對双雙层層道起";
/// What `的` and `了` follow as words of their own.
const BEFORE_PARTICLE: &str = "他她它我你您中上下里裡内內外大小人是有都";
/// Pairs of words of grammar.
const PAIRS: [&str; 32] = [
    "了一", "都在", "他在", "她在", "是在", "但在", "他是", "她是", "有一", "的是", "人的", "还有", "還有", "并不",
    "並不", "及其", "之一", "除了", "最大", "最高", "更多", "不是", "都是", "就是", "也是", "还是", "還是", "不能",
    "不会", "不會", "没有", "沒有",
];
/// Characters that foreign names are written with by their sound, after the tables of transcription in use. Written for this project.
const SOUNDS: &str = "丁万丝丰丹丽乌乔亚亞什伊休伦伯佐佩俄保倉倫克兰兹内冈凡凯切列利加努劳勒勞华南博卡卢厄古可史叶吉吕哈因图圖圣坎坦埃塔塞夏多夫奇奈奥妮姆威娅娜孔宁安宾密尔尚尤尼山巴布希帕平库庞康廉延廷弗彭彼德怀思恩恰慶戈戴扎托扬拉拜提斯施明普曼朗本杜杰林查格梅森欧武比毛汉汤沃沙法波泰泽洛派涅温潘澤澳濟爾特玛珀珍班琳琴瑪瓊瓦甘申登皮盖盧福科穆米約納索絲維约纳纽绍维罗羅考耶聖肯胡腾舍舒艾芒芬苏英茜茨莉莎莫莱華菲萊萨蒂蒙蓋薩蘇蘭裡西詹諾謝许诺谢豐豪貝費賓贝费贾赫辛达迈迪道達邁里金鐵锡門门阔阿隆雅雲雷霍露韋韓韦顿香馬馮马高魯鲁麗麥黃黑默黛齊齐";
/// Those of them that are often words or parts of words, too: most of a name are others.
const COMMON: &str = "万丰保内切利加华南古可史叶各因多孔安密山平康思提明本林比毛法温特申約維维考英華謝许谢豐费起达道達里金門门雲馬马高黑";

/// The words of a Chinese text, from those that the dictionary finds.
pub(super) fn regrouped(text: &str, words: &[Bounds]) -> Vec<Bounds> {
    let mut parts: Vec<Bounds> = Vec::with_capacity(words.len());
    for &(start, end) in words {
        let word = text.get(start..end).unwrap_or_default();
        let mut chars = word.chars();
        match (chars.next(), chars.next(), chars.next()) {
            (Some(first), Some(second), None) if is_pair(word, first, second) => {
                let middle = start + first.len_utf8();
                parts.extend([(start, middle), (middle, end)]);
            }
            _ => parts.push((start, end)),
        }
    }
    names(text, &parts)
}

fn is_pair(word: &str, first: char, second: char) -> bool {
    COUNTS.contains(first) && MEASURES.contains(second)
        || matches!(second, '的' | '了') && BEFORE_PARTICLE.contains(first)
        || PAIRS.contains(&word)
}

/// Joins what is a name written by its sound.
fn names(text: &str, parts: &[Bounds]) -> Vec<Bounds> {
    let mut out = Vec::with_capacity(parts.len());
    let mut rest = parts;
    while let Some((&(start, end), tail)) = rest.split_first() {
        let length = name(text, rest);
        if let Some(&(_, close)) = rest.get(length.wrapping_sub(1)).filter(|_| length > 1) {
            out.push((start, close));
            rest = rest.get(length..).unwrap_or_default();
        } else {
            out.push((start, end));
            rest = tail;
        }
    }
    out
}

/// No name has more parts.
const LONGEST: usize = 12;

/// Of how many words at the beginning a name is made.
fn name(text: &str, parts: &[Bounds]) -> usize {
    let mut run = 0;
    let mut at = parts.first().map_or(0, |part| part.0);
    for &(start, end) in parts.iter().take(LONGEST) {
        let word = text.get(start..end).unwrap_or_default();
        if start != at || word.is_empty() || !word.chars().all(|c| SOUNDS.contains(c)) {
            break;
        }
        at = end;
        run += 1;
    }
    (2..=run).rev().find(|&length| is_name(text, parts.get(..length).unwrap_or_default())).unwrap_or(1)
}

/// Whether words that are written with [`SOUNDS`] are one name: one of them is a single character, and most characters are seldom anything else.
fn is_name(text: &str, parts: &[Bounds]) -> bool {
    let (Some(first), Some(last)) = (parts.first(), parts.last()) else { return false };
    let all = text.get(first.0..last.1).unwrap_or_default();
    let rare = all.chars().filter(|&c| !COMMON.contains(c)).count();
    rare >= 2 && rare * 2 > all.chars().count() && parts.iter().any(|(start, end)| end - start <= '的'.len_utf8())
}
