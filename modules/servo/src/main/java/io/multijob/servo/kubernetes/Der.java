package io.multijob.servo.kubernetes;

import java.io.ByteArrayOutputStream;
import java.security.PublicKey;
import java.util.Arrays;

/// The little of DER (ITU-T X.690) that it takes to write a bare private key as PKCS #8, the one
/// form that the JDK reads.
final class Der {
  private static final int SEQUENCE = 0x30;
  private static final int OCTET_STRING = 0x04;
  private static final byte[] VERSION_0 = {0x02, 1, 0};
  private static final int LONG_FORM = 0x80;

  private Der() {}

  /// `PrivateKeyInfo` of [RFC 5208](https://www.rfc-editor.org/rfc/rfc5208#section-5): a version,
  /// the kind of key, and the key.
  ///
  /// @param key as PKCS #1 or SEC 1 have it
  /// @param pair the public half, whose `SubjectPublicKeyInfo` begins with the kind of key
  static byte[] pkcs8(byte[] key, PublicKey pair) {
    byte[] info = pair.getEncoded();
    int begin = contentOf(info, 0);
    byte[] kind = Arrays.copyOfRange(info, begin, endOf(info, begin));
    return element(SEQUENCE, VERSION_0, kind, element(OCTET_STRING, key));
  }

  private static byte[] element(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream element = new ByteArrayOutputStream();
    element.write(tag);
    writeLength(element, content.size());
    element.writeBytes(content.toByteArray());
    return element.toByteArray();
  }

  private static void writeLength(ByteArrayOutputStream out, int length) {
    if (length < LONG_FORM) {
      out.write(length);
      return;
    }
    int bytes = Integer.BYTES - Integer.numberOfLeadingZeros(length) / Byte.SIZE;
    out.write(LONG_FORM | bytes);
    for (int i = bytes - 1; i >= 0; i--) {
      out.write(length >>> (i * Byte.SIZE));
    }
  }

  /// Where the content begins of the element that begins at `at`.
  private static int contentOf(byte[] der, int at) {
    int first = der[at + 1] & 0xff;
    return at + 2 + (first < LONG_FORM ? 0 : first - LONG_FORM);
  }

  /// Where the element ends that begins at `at`.
  private static int endOf(byte[] der, int at) {
    int begin = contentOf(der, at);
    int first = der[at + 1] & 0xff;
    if (first < LONG_FORM) {
      return begin + first;
    }
    int length = 0;
    for (int i = at + 2; i < begin; i++) {
      length = (length << Byte.SIZE) | (der[i] & 0xff);
    }
    return begin + length;
  }
}
