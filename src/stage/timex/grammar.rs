//! The order in which the rules are asked, and what each needs to be asked at all.

use super::cascade::{Step, classes, pass};
use super::token::{APOSTROPHE, COMPARED, DASH, EXPRESSION, NUMBER, Node, SPAN, TIME};
use super::{Mode, calendar, clock, combine, finish, number, other_rules, period, range, relative, year};
use crate::rules::timex::{Classes, Language};

const ANY: Classes = Classes::ANY;
const RANK: Classes = NUMBER.with(Classes::NUMERAL);
const EXTENT: Step = Step::new(finish::extent, Classes::EXTENT, EXPRESSION);
const SHIFT: Step = Step::new(relative::shift, ANY, Classes::SHIFT);
const DAYS: Step = Step::new(combine::weekday, EXPRESSION, Classes::WEEKDAY);
const HOURS: Step = Step::new(combine::time, EXPRESSION.with(TIME), EXPRESSION).and(TIME);
const HOUR: Step = Step::new(combine::hour, EXPRESSION.with(NUMBER), EXPRESSION)
    .and(Classes::CLOCK_END.with(Classes::MODIFIER).with(Classes::PART).with(Classes::DAY));
const SCOPE: Step = Step::new(combine::scope, EXPRESSION.with(RANK), EXPRESSION);
const SPANS: Step = Step::new(combine::hours, ANY, EXPRESSION).and(DASH.with(Classes::TO));

const PASSES: [&[Step]; 15] = [
    &[Step::new(relative::stop, Classes::STOP, ANY), Step::new(number::number, RANK, ANY)],
    &[
        Step::new(
            clock::clock,
            Classes::CLOCK.with(Classes::CLOCK_END).with(TIME).with(NUMBER),
            Classes::CLOCK.with(Classes::CLOCK_END).with(TIME),
        ),
        Step::new(number::set, Classes::SET, ANY),
    ],
    &[Step::new(range::clocks, ANY, TIME).and(DASH.with(Classes::TO))],
    &[
        Step::new(year::decade, ANY, Classes::DECADE),
        Step::new(year::century, NUMBER.with(Classes::UNIT), Classes::UNIT),
        Step::new(other_rules::date, NUMBER.with(Classes::CALENDAR), Classes::CALENDAR),
        Step::new(other_rules::marked, ANY, Classes::CALENDAR),
        Step::new(calendar::marked_date, ANY, Classes::MARKED.with(Classes::MONTH)),
        Step::new(calendar::slashed, NUMBER, NUMBER),
        Step::new(calendar::year_month, NUMBER, NUMBER),
        Step::new(calendar::spoken_date, NUMBER, NUMBER),
        Step::new(period::part_of_year, ANY, Classes::PART_OF_YEAR),
        Step::new(calendar::named_month, ANY, Classes::MONTH),
        Step::new(
            year::lone_year,
            NUMBER.with(Classes::ERA).with(Classes::UNIT).with(APOSTROPHE),
            NUMBER.with(Classes::ERA),
        ),
        Step::new(number::length, ANY, SPAN.with(Classes::LENGTH).with(Classes::UNIT)),
        Step::new(relative::deictic, Classes::DAY, ANY),
    ],
    &[
        Step::new(relative::weekday, Classes::WEEKDAY, ANY),
        Step::new(clock::part, Classes::PART, ANY),
        Step::new(calendar::unit_named, Classes::UNIT, EXPRESSION),
    ],
    &[
        DAYS,
        SHIFT,
        Step::new(relative::in_days, EXPRESSION, NUMBER),
        Step::new(relative::relative, ANY, Classes::RELATIVE),
        Step::new(relative::vague, Classes::VAGUE, ANY),
    ],
    &[
        Step::new(calendar::lone_day, Classes::EXTENT.with(Classes::UNIT), NUMBER),
        Step::new(combine::edge, EXPRESSION.with(RANK), EXPRESSION),
        Step::new(combine::nth, EXPRESSION.with(RANK), EXPRESSION),
        Step::new(combine::week_of, Classes::UNIT.with(EXPRESSION), EXPRESSION).and(Classes::UNIT),
        SCOPE,
        Step::new(relative::every, Classes::EACH.with(Classes::UNIT), ANY),
    ],
    &[Step::new(other_rules::marked, ANY, Classes::CALENDAR), DAYS, HOURS, HOUR],
    &[
        HOURS,
        HOUR,
        SCOPE,
        Step::new(finish::first_of, RANK, SPAN),
        Step::new(finish::bare_unit, ANY, Classes::UNIT),
        Step::new(finish::bare_weekend, Classes::UNIT, Classes::UNIT),
        Step::new(finish::alone, SPAN.with(TIME), ANY),
    ],
    &[Step::new(combine::modifier, ANY, Classes::MODIFIER)],
    &[Step::new(range::range, ANY, EXPRESSION).and(DASH.with(Classes::TO))],
    &[SPANS],
    &[SHIFT, EXTENT],
    &[Step::new(combine::lasting, EXPRESSION, EXPRESSION), EXTENT],
    &[Step::new(finish::bound, Classes::MODIFIER.with(COMPARED), EXPRESSION)],
];

/// Puts the nodes together as far as they go; whether an expression came of it.
pub(super) fn parse<'r>(nodes: &mut Vec<Node<'r>>, text: &str, language: &'r Language, mode: Mode) -> bool {
    let mut all = classes(nodes);
    for steps in PASSES {
        pass(nodes, &mut all, text, language, steps, mode);
    }
    all.meets(EXPRESSION)
}
