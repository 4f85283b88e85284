//! Places where passes are checked.

use crate::token::tenths_of_degrees;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

/// Declares the kinds of place once: variant, code, documentation.
macro_rules! kinds {
    ($($(#[$doc:meta])* $variant:ident = $code:literal,)*) => {
        /// Kind of a place, as far as rules tell places apart (ZJ 2). Texts are under `place-<code>`.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
        #[cfg_attr(feature = "ts", derive(ts_rs::TS))]
        pub enum PlaceKind {
            $($(#[$doc])* #[cfg_attr(feature = "ts", ts(rename = $code))] $variant,)*
        }

        impl PlaceKind {
            /// All kinds.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The stable code in kebab case.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }
        }
    };
}

kinds! {
    /// Airport (机场).
    Airport = "airport",
    /// Dinner of many people (聚餐).
    Banquet = "banquet",
    /// Bath house (浴室).
    BathHouse = "bath-house",
    /// Port of entry from abroad (口岸).
    BorderPort = "border-port",
    /// Cinema or theatre (影剧院).
    Cinema = "cinema",
    /// Way out of the prefecture-level city (离开设区市).
    CityExit = "city-exit",
    /// Terminal of long-distance coaches (长途客运站).
    CoachStation = "coach-station",
    /// Dance hall or bar with singing (歌舞厅).
    DanceHall = "dance-hall",
    /// Trade fair, exhibition as an event (会展).
    Exhibition = "exhibition",
    /// Exhibition hall (展览馆).
    ExhibitionHall = "exhibition-hall",
    /// Farmers' market (农贸市场).
    FarmersMarket = "farmers-market",
    /// Ferry and its terminal (轮渡).
    Ferry = "ferry",
    /// Art gallery (美术馆).
    Gallery = "gallery",
    /// Gymnasium, stadium (体育馆).
    Gymnasium = "gymnasium",
    /// Internet café (网吧).
    InternetCafe = "internet-cafe",
    /// Library (图书馆).
    Library = "library",
    /// Shopping mall (商场).
    Mall = "mall",
    /// Hospital or clinic (医疗机构).
    MedicalInstitution = "medical-institution",
    /// Museum (博物馆).
    Museum = "museum",
    /// Nursing home (养老机构).
    NursingHome = "nursing-home",
    /// Any place that no rule names.
    #[default]
    Other = "other",
    /// Passenger port (客运港口).
    PassengerPort = "passenger-port",
    /// Passenger pier (客运码头).
    Pier = "pier",
    /// Prison (监狱).
    Prison = "prison",
    /// Bus, underground, taxi (公共交通).
    PublicTransport = "public-transport",
    /// Railway station (火车站).
    RailwayStation = "railway-station",
    /// Residential area (居民小区).
    ResidentialArea = "residential-area",
    /// School or kindergarten (学校).
    School = "school",
    /// Supermarket (超市).
    Supermarket = "supermarket",
    /// Teaching in person outside of schools (线下教学).
    Teaching = "teaching",
    /// Tourist site (旅游景点).
    TouristSite = "tourist-site",
    /// Training course (培训).
    Training = "training",
    /// Welfare home (福利院).
    WelfareHome = "welfare-home",
    /// Wholesale market (批发市场).
    WholesaleMarket = "wholesale-market",
    /// Office, factory (工作单位).
    Workplace = "workplace",
}

impl PlaceKind {
    /// The kind of a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.code() == code)
    }
}

impl Serialize for PlaceKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for PlaceKind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        Self::from_code(&code).ok_or_else(|| D::Error::custom("no kind of place"))
    }
}

/// A temperature in tenths of a degree Celsius: 373 is 37.3 °C. CertLogic compares whole numbers only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct DeciCelsius(pub i32);

impl DeciCelsius {
    /// Reads degrees with at most one decimal, such as `36.8`; what a thermometer for people can't show is refused.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        tenths_of_degrees(text).map(|tenths| Self(tenths.into()))
    }
}

/// A place where passes are checked, and what was seen there beside the pass.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Place {
    /// Its kind.
    pub kind: PlaceKind,
    /// Where it is, GB/T 2260: its rules are those that apply, wherever the code is from.
    pub region: u32,
    /// Its name, for people.
    pub name: Option<String>,
    /// Whether the area has a low risk level.
    pub low_risk: bool,
    /// The oldest negative test that is accepted here, in hours; none where no test is asked for.
    pub test_within_h: Option<u32>,
    /// The person's temperature as measured here.
    pub temperature: Option<DeciCelsius>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_survive_the_boundary() {
        for kind in PlaceKind::ALL {
            assert_eq!(PlaceKind::from_code(kind.code()), Some(*kind));
            let json = serde_json::to_string(kind).unwrap();
            assert_eq!(serde_json::from_str::<PlaceKind>(&json).unwrap(), *kind);
        }
        assert!(serde_json::from_str::<PlaceKind>("\"moon\"").is_err());
    }

    #[test]
    fn temperatures() {
        for (text, expected) in [
            ("37.3", Some(373)),
            ("36", Some(360)),
            ("36.85", None),
            ("36.", None),
            ("+36", None),
            ("-36.1", None),
            ("98.6", None),
            ("", None),
            ("nan", None),
            ("99999999999", None),
        ] {
            assert_eq!(DeciCelsius::parse(text), expected.map(DeciCelsius), "{text}");
        }
    }
}
