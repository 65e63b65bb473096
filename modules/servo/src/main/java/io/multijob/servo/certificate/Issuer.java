package io.multijob.servo.certificate;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// Makes keys (EC P-256) and signs certificates ([RFC
/// 5280](https://www.rfc-editor.org/rfc/rfc5280)).
///
/// Thread-safe.
final class Issuer {
  private static final String CURVE = "secp256r1";
  private static final String SIGNATURE = "SHA256withECDSA";
  private static final int SERIAL_BITS = 128;

  private final Lifetimes lifetimes;
  private final SecureRandom random = new SecureRandom();

  Issuer(Lifetimes lifetimes) {
    this.lifetimes = lifetimes;
  }

  /// A new authority, which may sign servers' certificates and nothing else.
  ///
  /// @throws IOException if this Java cannot make one
  CertifiedKey authority(Instant now) throws IOException {
    KeyPair pair = pair();
    BigInteger serial = serial();
    // Each has a name of its own, so that whoever verifies tries the right one.
    X500Principal name =
        new X500Principal(
            "O=servo.optune.io, CN=servo admission authority %08x".formatted(serial.intValue()));
    JcaX509v3CertificateBuilder certificate =
        new JcaX509v3CertificateBuilder(
            name,
            serial,
            Date.from(now.minus(lifetimes.backdate())),
            Date.from(now.plus(lifetimes.authority())),
            name,
            pair.getPublic());
    try {
      JcaX509ExtensionUtils extensions = new JcaX509ExtensionUtils();
      certificate.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
      certificate.addExtension(
          Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
      certificate.addExtension(
          Extension.subjectKeyIdentifier,
          false,
          extensions.createSubjectKeyIdentifier(pair.getPublic()));
      return signed(certificate, pair.getPrivate(), pair.getPrivate());
    } catch (GeneralSecurityException e) {
      throw cannot("make an authority", e);
    }
  }

  /// A server's certificate. It ends before its authority does.
  ///
  /// @throws IOException if this Java cannot make one
  CertifiedKey leaf(CertifiedKey authority, ServerNames names, Instant now) throws IOException {
    KeyPair pair = pair();
    Instant end = now.plus(lifetimes.leaf());
    JcaX509v3CertificateBuilder certificate =
        new JcaX509v3CertificateBuilder(
            authority.certificate(),
            serial(),
            Date.from(now.minus(lifetimes.backdate())),
            Date.from(end.isBefore(authority.ends()) ? end : authority.ends()),
            new X500Principal("O=servo.optune.io, CN=servo admission"),
            pair.getPublic());
    try {
      JcaX509ExtensionUtils extensions = new JcaX509ExtensionUtils();
      certificate.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      certificate.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      certificate.addExtension(
          Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
      certificate.addExtension(Extension.subjectAlternativeName, false, alternatives(names));
      certificate.addExtension(
          Extension.subjectKeyIdentifier,
          false,
          extensions.createSubjectKeyIdentifier(pair.getPublic()));
      certificate.addExtension(
          Extension.authorityKeyIdentifier,
          false,
          extensions.createAuthorityKeyIdentifier(authority.certificate()));
      return signed(certificate, authority.key(), pair.getPrivate());
    } catch (GeneralSecurityException e) {
      throw cannot("make a certificate", e);
    }
  }

  private static GeneralNames alternatives(ServerNames names) {
    List<GeneralName> all =
        names.names().stream()
            .map(name ->
                new GeneralName(
                    ServerNames.isAddress(name) ? GeneralName.iPAddress : GeneralName.dNSName,
                    name))
            .toList();
    return new GeneralNames(all.toArray(GeneralName[]::new));
  }

  private static CertifiedKey signed(
      X509v3CertificateBuilder certificate, PrivateKey signer, PrivateKey own) throws IOException {
    try {
      return new CertifiedKey(
          own,
          new JcaX509CertificateConverter()
              .getCertificate(
                  certificate.build(new JcaContentSignerBuilder(SIGNATURE).build(signer))));
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw cannot("sign a certificate", e);
    }
  }

  private KeyPair pair() throws IOException {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(CURVE), random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw cannot("make a key", e);
    }
  }

  private BigInteger serial() {
    return new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS - 2);
  }

  private static IOException cannot(String what, Exception reason) {
    return new IOException("this Java cannot " + what + ": " + reason.getMessage(), reason);
  }
}
