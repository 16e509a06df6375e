//! What the names of elements mean for the layout.

/// An element by what it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub(super) enum Tag {
    Div,
    P,
    H1,
    H2,
    H3,
    H4,
    H5,
    H6,
    Li,
    Ul,
    Ol,
    Dl,
    Dt,
    Dd,
    Table,
    Tr,
    Td,
    Th,
    Tbody,
    Article,
    Section,
    Main,
    Aside,
    Nav,
    Header,
    Footer,
    Form,
    Figure,
    Figcaption,
    Blockquote,
    Pre,
    Address,
    Button,
    Select,
    Option,
    Label,
    Noscript,
    Template,
    Iframe,
    Svg,
    Script,
    Style,
    Title,
    Head,
    Body,
    Html,
    A,
    Span,
    B,
    I,
    Code,
    Time,
    Img,
    Br,
    Hr,
    Meta,
    Link,
    Base,
    Textarea,
    Details,
    Summary,
    Caption,
    Inline,
    Block,
    Void,
}

impl Tag {
    /// The element with this name, in lower case.
    pub(super) fn of(name: &[u8]) -> Self {
        match name {
            b"div" | b"center" => Self::Div,
            b"p" => Self::P,
            b"h1" => Self::H1,
            b"h2" => Self::H2,
            b"h3" => Self::H3,
            b"h4" => Self::H4,
            b"h5" => Self::H5,
            b"h6" => Self::H6,
            b"li" => Self::Li,
            b"ul" | b"menu" | b"dir" => Self::Ul,
            b"ol" => Self::Ol,
            b"dl" => Self::Dl,
            b"dt" => Self::Dt,
            b"dd" => Self::Dd,
            b"table" => Self::Table,
            b"tr" => Self::Tr,
            b"td" => Self::Td,
            b"th" => Self::Th,
            b"tbody" | b"thead" | b"tfoot" => Self::Tbody,
            b"article" => Self::Article,
            b"section" => Self::Section,
            b"main" => Self::Main,
            b"aside" => Self::Aside,
            b"nav" => Self::Nav,
            b"header" | b"hgroup" => Self::Header,
            b"footer" => Self::Footer,
            b"form" | b"fieldset" => Self::Form,
            b"figure" => Self::Figure,
            b"figcaption" => Self::Figcaption,
            b"blockquote" => Self::Blockquote,
            b"pre" | b"listing" | b"xmp" => Self::Pre,
            b"address" => Self::Address,
            b"button" => Self::Button,
            b"select" | b"datalist" => Self::Select,
            b"option" | b"optgroup" => Self::Option,
            b"label" | b"legend" => Self::Label,
            b"noscript" => Self::Noscript,
            b"template" => Self::Template,
            b"iframe" | b"noembed" | b"noframes" | b"object" | b"canvas" | b"audio" | b"video" => Self::Iframe,
            b"svg" => Self::Svg,
            b"script" => Self::Script,
            b"style" => Self::Style,
            b"title" => Self::Title,
            b"head" => Self::Head,
            b"body" => Self::Body,
            b"html" => Self::Html,
            b"a" => Self::A,
            b"b" | b"strong" => Self::B,
            b"i" | b"em" => Self::I,
            b"code" | b"kbd" | b"samp" | b"tt" | b"var" => Self::Code,
            b"time" => Self::Time,
            b"img" => Self::Img,
            b"br" => Self::Br,
            b"hr" => Self::Hr,
            b"meta" => Self::Meta,
            b"link" => Self::Link,
            b"base" => Self::Base,
            b"textarea" => Self::Textarea,
            b"details" | b"dialog" => Self::Details,
            b"summary" => Self::Summary,
            b"caption" => Self::Caption,
            b"span" | b"font" => Self::Span,
            b"abbr" | b"math" | b"mi" | b"mo" | b"mn" | b"mrow" | b"msup" | b"msub" | b"msubsup" | b"mfrac"
            | b"mtext" | b"mstyle" | b"msqrt" | b"mover" | b"munder" | b"semantics" | b"acronym" | b"bdi" | b"bdo"
            | b"big" | b"cite" | b"data" | b"del" | b"dfn" | b"ins" | b"mark" | b"nobr" | b"q" | b"rb" | b"rp"
            | b"rt" | b"ruby" | b"s" | b"small" | b"strike" | b"sub" | b"sup" | b"u" => Self::Inline,
            b"area" | b"col" | b"embed" | b"input" | b"param" | b"source" | b"track" | b"wbr" | b"frame"
            | b"keygen" => Self::Void,
            _ => Self::Block,
        }
    }

    /// Whether it has no content.
    pub(super) const fn is_void(self) -> bool {
        matches!(self, Self::Void | Self::Br | Self::Hr | Self::Img | Self::Meta | Self::Link | Self::Base)
    }

    /// Whether it stands within a line.
    pub(super) const fn is_inline(self) -> bool {
        matches!(
            self,
            Self::A
                | Self::Span
                | Self::B
                | Self::I
                | Self::Code
                | Self::Time
                | Self::Img
                | Self::Inline
                | Self::Void
                | Self::Script
                | Self::Style
                | Self::Meta
                | Self::Link
                | Self::Base
                | Self::Template
        )
    }

    /// Whether what stands in it is not shown as text.
    pub(super) const fn is_silent(self) -> bool {
        matches!(
            self,
            Self::Script | Self::Style | Self::Template | Self::Title | Self::Head | Self::Svg | Self::Iframe
        )
    }

    /// Whether an open paragraph ends before it.
    pub(super) const fn ends_paragraph(self) -> bool {
        !self.is_inline()
            && !matches!(
                self,
                Self::Button
                    | Self::Select
                    | Self::Option
                    | Self::Label
                    | Self::Noscript
                    | Self::Iframe
                    | Self::Svg
                    | Self::Textarea
                    | Self::Block
                    | Self::Br
                    | Self::Title
                    | Self::Head
                    | Self::Body
                    | Self::Html
                    | Self::Tr
                    | Self::Td
                    | Self::Th
                    | Self::Tbody
                    | Self::Caption
            )
    }

    /// The level of a heading, 1 to 6.
    pub(super) const fn heading(self) -> Option<u8> {
        match self {
            Self::H1 => Some(1),
            Self::H2 => Some(2),
            Self::H3 => Some(3),
            Self::H4 => Some(4),
            Self::H5 => Some(5),
            Self::H6 => Some(6),
            _ => None,
        }
    }
}
