package io.multijob.servo.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PemTest {

  @ParameterizedTest
  @CsvSource({
    "rsa, pkcs8, SHA256withRSA",
    "rsa, pkcs1, SHA256withRSA",
    "ec, pkcs8, SHA256withECDSA",
    "ec, sec1, SHA256withECDSA",
    "ed25519, pkcs8, Ed25519",
  })
  void readsAKeyInEachFormThatKubeconfigsHave(String kind, String form, String algorithm)
      throws Exception {
    PublicKey pair = publicKey(kind);

    PrivateKey key = Pem.privateKey(TestKeys.pem(kind + "." + form), pair);

    assertThat(verifies(pair, signed(key, algorithm), algorithm)).isTrue();
  }

  @Test
  void aKeyMayFollowTheParametersOfItsCurve() throws Exception {
    String parameters =
        """
        -----BEGIN EC PARAMETERS-----
        BggqhkjOPQMBBw==
        -----END EC PARAMETERS-----
        """;

    PrivateKey key = Pem.privateKey(parameters + TestKeys.pem("ec.sec1"), publicKey("ec"));

    assertThat(key.getAlgorithm()).isEqualTo("EC");
  }

  @Test
  void readsAChainOfCertificatesWithTextBetween() throws Exception {
    String chain = "mine\n" + TestKeys.pem("ec.crt") + "theirs\n" + TestKeys.pem("rsa.crt");

    List<X509Certificate> certificates = Pem.certificates(chain);

    assertThat(certificates)
        .extracting(certificate -> certificate.getSubjectX500Principal().getName())
        .containsExactly("CN=tester-ec", "CN=tester-rsa");
  }

  @Test
  void aKeyThatIsEncryptedIsRefused() {
    assertThatThrownBy(() ->
            Pem.privateKey(
                "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----",
                publicKey("ec")))
        .isInstanceOf(IOException.class)
        .hasMessage("expected a private key in PEM that is not encrypted, found none");
  }

  @Test
  void aKeyThatIsDamagedIsRefused() {
    String damaged = TestKeys.pem("ec.sec1").replaceFirst("M", "A");

    assertThatThrownBy(() -> Pem.privateKey(damaged, publicKey("ec")))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("the private key cannot be read: ");
  }

  @Test
  void noCertificateIsRefused() {
    assertThatThrownBy(() -> Pem.certificates("nothing\n")).isInstanceOf(IOException.class);
  }

  private static PublicKey publicKey(String kind) throws IOException {
    return Pem.certificates(TestKeys.pem(kind + ".crt")).getFirst().getPublicKey();
  }

  private static byte[] signed(PrivateKey key, String algorithm) throws Exception {
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(key);
    signature.update("text".getBytes(UTF_8));
    return signature.sign();
  }

  private static boolean verifies(PublicKey key, byte[] signed, String algorithm) throws Exception {
    Signature signature = Signature.getInstance(algorithm);
    signature.initVerify(key);
    signature.update("text".getBytes(UTF_8));
    return signature.verify(signed);
  }
}
