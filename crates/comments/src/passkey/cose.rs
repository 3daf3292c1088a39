//! A public key as authenticators write it (COSE, RFC 9053): a flat map of numbers to numbers and bytes, in the strict
//! form that CTAP 2 wants. Nothing nests, so nothing here recurses.

use ring::signature::{
    ECDSA_P256_SHA256_ASN1, ED25519, RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents, UnparsedPublicKey,
};

use super::Wrong;

/// Entries of a key: an RSA key has four, one on a curve five.
const MOST: u64 = 8;
/// Bytes of a number of an RSA key of 8,192 bits.
const LONGEST: usize = 1024;

/// The algorithms asked for, as the standard numbers them: ECDSA on P-256, Ed25519, RSA.
pub(crate) const ALGORITHMS: [i64; 3] = [-7, -8, -257];

/// A key that a signature can be checked with.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Key<'a> {
    /// ECDSA on P-256 with SHA-256: the point, uncompressed.
    P256(Vec<u8>),
    /// Ed25519.
    Ed25519(&'a [u8]),
    /// RSA (PKCS #1 1.5) with SHA-256: modulus and exponent.
    Rsa(&'a [u8], &'a [u8]),
}

impl Key<'_> {
    pub(super) fn verify(&self, message: &[u8], signature: &[u8]) -> Result<(), Wrong> {
        let outcome = match self {
            Key::P256(point) => UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, point).verify(message, signature),
            Key::Ed25519(key) => UnparsedPublicKey::new(&ED25519, key).verify(message, signature),
            Key::Rsa(n, e) => RsaPublicKeyComponents { n, e }.verify(&RSA_PKCS1_2048_8192_SHA256, message, signature),
        };
        outcome.map_err(|_| Wrong("the signature is not this key's"))
    }
}

enum Value<'a> {
    Number(i64),
    Bytes(&'a [u8]),
}

/// Reads a key from the beginning of `bytes`, with how many bytes it takes.
pub(super) fn read(bytes: &[u8]) -> Result<(Key<'_>, usize), Wrong> {
    let mut rest = bytes;
    let (5, entries) = item(&mut rest)? else { return Err(Wrong("the key is no map")) };
    if entries > MOST {
        return Err(Wrong("the key has too many parts"));
    }
    let (mut kind, mut algorithm, mut curve) = (None, None, None);
    let (mut first, mut second, mut third) = (None, None, None);
    for _ in 0..entries {
        let Value::Number(label) = value(&mut rest)? else { return Err(Wrong("a part of the key has no number")) };
        match (label, value(&mut rest)?) {
            (1, Value::Number(n)) => kind = Some(n),
            (3, Value::Number(n)) => algorithm = Some(n),
            (-1, Value::Number(n)) => curve = Some(n),
            (-1, Value::Bytes(bytes)) => first = Some(bytes),
            (-2, Value::Bytes(bytes)) => second = Some(bytes),
            (-3, Value::Bytes(bytes)) => third = Some(bytes),
            _ => {}
        }
    }
    let key = match (kind, algorithm, curve) {
        (Some(2), Some(-7), Some(1)) => match (second, third) {
            (Some(x), Some(y)) if x.len() == 32 && y.len() == 32 => Key::P256([&[4], x, y].concat()),
            _ => return Err(Wrong("the key is no point")),
        },
        (Some(1), Some(-8), Some(6)) => {
            Key::Ed25519(second.filter(|x| x.len() == 32).ok_or(Wrong("the key is short"))?)
        }
        (Some(3), Some(-257), None) => match (first, second) {
            (Some(n), Some(e)) if n.len() <= LONGEST && e.len() <= 8 => Key::Rsa(n, e),
            _ => return Err(Wrong("the key lacks a number")),
        },
        _ => return Err(Wrong("an algorithm that was not asked for")),
    };
    Ok((key, bytes.len() - rest.len()))
}

fn value<'a>(rest: &mut &'a [u8]) -> Result<Value<'a>, Wrong> {
    let (kind, n) = item(rest)?;
    let number = i64::try_from(n).map_err(|_| Wrong("a number of the key is too large"))?;
    match kind {
        0 => Ok(Value::Number(number)),
        1 => Ok(Value::Number(-1 - number)),
        2 => {
            let length =
                usize::try_from(n).ok().filter(|length| *length <= rest.len()).ok_or(Wrong("the key is cut off"))?;
            let (bytes, after) = rest.split_at(length);
            *rest = after;
            Ok(Value::Bytes(bytes))
        }
        _ => Err(Wrong("the key holds what no key holds")),
    }
}

/// The kind and argument of one item (RFC 8949, section 3), of definite length.
fn item(rest: &mut &[u8]) -> Result<(u8, u64), Wrong> {
    const CUT: Wrong = Wrong("the key is cut off");
    let (first, after) = rest.split_first().ok_or(CUT)?;
    let more = match first & 31 {
        small @ 0..=23 => {
            *rest = after;
            return Ok((first >> 5, u64::from(small)));
        }
        size @ 24..=27 => 1_usize << (size - 24),
        _ => return Err(Wrong("the key has no definite length")),
    };
    if after.len() < more {
        return Err(CUT);
    }
    let (argument, after) = after.split_at(more);
    *rest = after;
    Ok((first >> 5, argument.iter().fold(0, |n, byte| n << 8 | u64::from(*byte))))
}
