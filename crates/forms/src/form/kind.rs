//! What sort of value a question asks for.

use serde::{Deserialize, Serialize};

/// What sort of value. Written in JSON by its XLSForm name.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// Free text.
    #[default]
    #[serde(rename = "text")]
    Text,
    /// A whole number.
    #[serde(rename = "integer")]
    Integer,
    /// A number.
    #[serde(rename = "decimal")]
    Decimal,
    /// A number on a scale with a start, an end and a step.
    #[serde(rename = "range")]
    Range,
    /// One of several choices.
    #[serde(rename = "select_one")]
    SelectOne,
    /// Any number of several choices.
    #[serde(rename = "select_multiple")]
    SelectMultiple,
    /// All choices, put in an order.
    #[serde(rename = "rank")]
    Rank,
    /// One of many choices that the client looks up in a file of its own.
    #[serde(rename = "select_one_external")]
    SelectOneExternal,
    /// A day.
    #[serde(rename = "date")]
    Date,
    /// A time of day.
    #[serde(rename = "time")]
    Time,
    /// A day and a time of day.
    #[serde(rename = "dateTime")]
    DateTime,
    /// A text that is only read.
    #[serde(rename = "note")]
    Note,
    /// A value that is worked out.
    #[serde(rename = "calculate")]
    Calculate,
    /// A value that is neither shown nor worked out.
    #[serde(rename = "hidden")]
    Hidden,
    /// One box to tick: `OK` when ticked.
    #[serde(rename = "acknowledge")]
    Acknowledge,
    /// One box to tick, whose value has no type.
    #[serde(rename = "trigger")]
    Trigger,
    /// A point on the map.
    #[serde(rename = "geopoint")]
    Geopoint,
    /// A line on the map.
    #[serde(rename = "geotrace")]
    Geotrace,
    /// An area on the map.
    #[serde(rename = "geoshape")]
    Geoshape,
    /// A barcode.
    #[serde(rename = "barcode")]
    Barcode,
    /// A picture that is uploaded.
    #[serde(rename = "image")]
    Image,
    /// A recording that is uploaded.
    #[serde(rename = "audio")]
    Audio,
    /// A film that is uploaded.
    #[serde(rename = "video")]
    Video,
    /// A file that is uploaded.
    #[serde(rename = "file")]
    File,
    /// Tags of a thing on the map.
    #[serde(rename = "osm")]
    Osm,
    /// When filling in began.
    #[serde(rename = "start")]
    Start,
    /// When filling in ended.
    #[serde(rename = "end")]
    End,
    /// The day of filling in.
    #[serde(rename = "today")]
    Today,
    /// The device's identifier.
    #[serde(rename = "deviceid")]
    DeviceId,
    /// The subscriber's identifier.
    #[serde(rename = "subscriberid")]
    SubscriberId,
    /// The number of the SIM card.
    #[serde(rename = "simserial")]
    SimSerial,
    /// The telephone number of the device.
    #[serde(rename = "phonenumber")]
    PhoneNumber,
    /// The user's name, as the client knows it.
    #[serde(rename = "username")]
    Username,
    /// The user's address for e-mail, as the client knows it.
    #[serde(rename = "email")]
    Email,
    /// The device's identifier as an address.
    #[serde(rename = "uri:deviceid")]
    UriDeviceId,
    /// The subscriber's identifier as an address.
    #[serde(rename = "uri:subscriberid")]
    UriSubscriberId,
    /// The number of the SIM card as an address.
    #[serde(rename = "uri:simserial")]
    UriSimSerial,
    /// The telephone number as an address.
    #[serde(rename = "uri:phonenumber")]
    UriPhoneNumber,
    /// The user's name as an address.
    #[serde(rename = "uri:username")]
    UriUsername,
    /// The user's e-mail as an address.
    #[serde(rename = "uri:email")]
    UriEmail,
    /// A log of how the form was filled in, made by the client.
    #[serde(rename = "audit")]
    Audit,
    /// Where the device was when filling in began.
    #[serde(rename = "start-geopoint")]
    StartGeopoint,
    /// A recording of the whole conversation.
    #[serde(rename = "background-audio")]
    BackgroundAudio,
    /// Where the device was when another question was answered.
    #[serde(rename = "background-geopoint")]
    BackgroundGeopoint,
    /// No question: an XML file that goes with the form.
    #[serde(rename = "xml-external")]
    XmlExternal,
    /// No question: a CSV file that goes with the form.
    #[serde(rename = "csv-external")]
    CsvExternal,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 46] = [
        Self::Text,
        Self::Integer,
        Self::Decimal,
        Self::Range,
        Self::SelectOne,
        Self::SelectMultiple,
        Self::Rank,
        Self::SelectOneExternal,
        Self::Date,
        Self::Time,
        Self::DateTime,
        Self::Note,
        Self::Calculate,
        Self::Hidden,
        Self::Acknowledge,
        Self::Trigger,
        Self::Geopoint,
        Self::Geotrace,
        Self::Geoshape,
        Self::Barcode,
        Self::Image,
        Self::Audio,
        Self::Video,
        Self::File,
        Self::Osm,
        Self::Start,
        Self::End,
        Self::Today,
        Self::DeviceId,
        Self::SubscriberId,
        Self::SimSerial,
        Self::PhoneNumber,
        Self::Username,
        Self::Email,
        Self::UriDeviceId,
        Self::UriSubscriberId,
        Self::UriSimSerial,
        Self::UriPhoneNumber,
        Self::UriUsername,
        Self::UriEmail,
        Self::Audit,
        Self::StartGeopoint,
        Self::BackgroundAudio,
        Self::BackgroundGeopoint,
        Self::XmlExternal,
        Self::CsvExternal,
    ];

    /// The name in the column `type`; kinds with choices have the name of their list after it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Integer => "integer",
            Self::Decimal => "decimal",
            Self::Range => "range",
            Self::SelectOne => "select_one",
            Self::SelectMultiple => "select_multiple",
            Self::Rank => "rank",
            Self::SelectOneExternal => "select_one_external",
            Self::Date => "date",
            Self::Time => "time",
            Self::DateTime => "dateTime",
            Self::Note => "note",
            Self::Calculate => "calculate",
            Self::Hidden => "hidden",
            Self::Acknowledge => "acknowledge",
            Self::Trigger => "trigger",
            Self::Geopoint => "geopoint",
            Self::Geotrace => "geotrace",
            Self::Geoshape => "geoshape",
            Self::Barcode => "barcode",
            Self::Image => "image",
            Self::Audio => "audio",
            Self::Video => "video",
            Self::File => "file",
            Self::Osm => "osm",
            Self::Start => "start",
            Self::End => "end",
            Self::Today => "today",
            Self::DeviceId => "deviceid",
            Self::SubscriberId => "subscriberid",
            Self::SimSerial => "simserial",
            Self::PhoneNumber => "phonenumber",
            Self::Username => "username",
            Self::Email => "email",
            Self::UriDeviceId => "uri:deviceid",
            Self::UriSubscriberId => "uri:subscriberid",
            Self::UriSimSerial => "uri:simserial",
            Self::UriPhoneNumber => "uri:phonenumber",
            Self::UriUsername => "uri:username",
            Self::UriEmail => "uri:email",
            Self::Audit => "audit",
            Self::StartGeopoint => "start-geopoint",
            Self::BackgroundAudio => "background-audio",
            Self::BackgroundGeopoint => "background-geopoint",
            Self::XmlExternal => "xml-external",
            Self::CsvExternal => "csv-external",
        }
    }

    /// Whether the respondent picks among choices.
    pub fn has_choices(self) -> bool {
        matches!(self, Self::SelectOne | Self::SelectMultiple | Self::Rank | Self::SelectOneExternal)
    }

    /// Whether a file is captured or uploaded, which only clients of ODK do.
    pub fn is_upload(self) -> bool {
        matches!(
            self,
            Self::Image
                | Self::Audio
                | Self::Video
                | Self::File
                | Self::Osm
                | Self::BackgroundAudio
                | Self::Audit
        )
    }

    /// Whether the client fills it in by itself, without asking: times, devices, users.
    pub fn is_metadata(self) -> bool {
        self.preload().is_some()
            || matches!(
                self,
                Self::Audit | Self::StartGeopoint | Self::BackgroundAudio | Self::BackgroundGeopoint
            )
    }

    /// Whether it is a row without a value: a file that goes with the form.
    pub fn is_external_instance(self) -> bool {
        matches!(self, Self::XmlExternal | Self::CsvExternal)
    }

    /// What the client fills it in with: the attributes `jr:preload` and `jr:preloadParams` of OpenRosa.
    pub fn preload(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::Start => Some(("timestamp", "start")),
            Self::End => Some(("timestamp", "end")),
            Self::Today => Some(("date", "today")),
            Self::DeviceId
            | Self::SubscriberId
            | Self::SimSerial
            | Self::PhoneNumber
            | Self::Username
            | Self::Email
            | Self::UriDeviceId
            | Self::UriSubscriberId
            | Self::UriSimSerial
            | Self::UriPhoneNumber
            | Self::UriUsername
            | Self::UriEmail => Some(("property", self.name())),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_calls_each_kind_by_its_name() {
        for kind in Kind::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.name());
        }
    }
}
