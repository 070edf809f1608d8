//! Reads the files of a book. Style sheets, and the ids in chapters, are cached, so that files to which many chapters
//! refer are not read again and again.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::ReadError;
use crate::html;
use crate::package::ZipPackage;
use crate::url::{join_path, percent_decoded};
use crate::xml::{self, XmlEvent};

/// Maximum total length of the cached style sheets. If it is exceeded, the earlier ones are dropped.
const MAX_KEPT_SHEET_BYTES: usize = 10_000_000;
/// Maximum number of cached ids. If it is exceeded, those of chapters to which the current one has no links are dropped.
const MAX_KEPT_IDS: usize = 500_000;

pub(super) struct Files<'b> {
    package: ZipPackage<'b>,
    /// The names of the encrypted entries. In a book whose text can be read, these are usually fonts.
    encrypted: BTreeSet<String>,
    /// The style sheets by name; `None` for a name that the book has no sheet for.
    sheets: BTreeMap<String, Option<Rc<str>>>,
    sheet_bytes: usize,
    /// The ids of the elements of chapters, by name of the chapter.
    ids: BTreeMap<String, BTreeSet<String>>,
    id_count: usize,
}

impl<'b> Files<'b> {
    pub(super) fn new(mut package: ZipPackage<'b>) -> Result<Self, ReadError> {
        let mut encrypted = BTreeSet::new();
        if let Some(encryption) = package.xml("META-INF/encryption.xml")? {
            xml::parse(&encryption, package.deadline, |event| {
                if let XmlEvent::Open(element) = event
                    && element.name == "CipherReference"
                    && let Some(address) = element.attribute("URI")
                {
                    // Some books percent-encode the address, and some don't.
                    let decoded = percent_decoded(address);
                    let names = [Some(address), decoded.as_deref()].into_iter().flatten();
                    encrypted.extend(names.filter_map(|name| join_path("", name)));
                }
                Ok(())
            })?;
        }
        let (sheets, ids) = (BTreeMap::new(), BTreeMap::new());
        Ok(Self { package, encrypted, sheets, sheet_bytes: 0, ids, id_count: 0 })
    }

    /// Returns the bytes of a chapter; `None` if the book doesn't have it.
    ///
    /// # Errors
    ///
    /// If the file is encrypted or damaged, or the limits are exceeded.
    pub(super) fn chapter(&mut self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        if self.encrypted.contains(name) {
            return Err(ReadError::Encrypted);
        }
        self.package.bytes(name)
    }

    /// Returns the text of an XML file; `None` if the book doesn't have it.
    ///
    /// # Errors
    ///
    /// If the file is encrypted or damaged, or the limits are exceeded.
    pub(super) fn xml(&mut self, name: &str) -> Result<Option<String>, ReadError> {
        if self.encrypted.contains(name) { Err(ReadError::Encrypted) } else { self.package.xml(name) }
    }

    /// Returns a style sheet; `None` if the book doesn't have it, or it is encrypted.
    pub(super) fn sheet(&mut self, name: &str) -> Result<Option<Rc<str>>, ReadError> {
        if let Some(known) = self.sheets.get(name) {
            return Ok(known.clone());
        }
        let sheet = if self.encrypted.contains(name) { None } else { self.package.xml(name)? };
        let sheet: Option<Rc<str>> = sheet.map(Into::into);
        self.sheet_bytes += name.len() + sheet.as_ref().map_or(0, |sheet| sheet.len());
        if self.sheet_bytes > MAX_KEPT_SHEET_BYTES {
            self.sheets.clear();
            self.sheet_bytes = 0;
        }
        self.sheets.insert(name.to_owned(), sheet.clone());
        Ok(sheet)
    }

    /// Reads the ids of the elements of some chapters, for [`Self::has_element`]. Until the next call, they are kept.
    ///
    /// # Errors
    ///
    /// If these chapters are damaged, or have too many ids.
    pub(super) fn read_ids(&mut self, chapters: &BTreeSet<String>) -> Result<(), ReadError> {
        for name in chapters {
            if self.ids.contains_key(name) {
                continue;
            }
            let ids = self.package.bytes(name)?.map(|bytes| html::ids(&bytes)).unwrap_or_default();
            self.id_count += ids.len();
            self.ids.insert(name.clone(), ids);
            if self.id_count > MAX_KEPT_IDS {
                self.ids.retain(|name, _| chapters.contains(name));
                self.id_count = self.ids.values().map(BTreeSet::len).sum();
            }
            if self.id_count > MAX_KEPT_IDS {
                return Err(ReadError::TooLarge);
            }
        }
        Ok(())
    }

    /// Whether a chapter has an element with this id. False if the chapter's ids were not read, or have been
    /// dropped.
    pub(super) fn has_element(&self, name: &str, id: &str) -> bool {
        self.ids.get(name).is_some_and(|ids| ids.contains(id))
    }
}
