package io.multijob.servo.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class KeyKeeperTest {
  private static final ServerNames SERVICE =
      ServerNames.of(ServerNames.ofService("tools", "servo"));

  private static final Duration DAY = Duration.ofDays(1);

  private final SettableClock clock = new SettableClock(Instant.parse("2026-11-22T00:00:00Z"));
  private final MemoryShelf shelf = new MemoryShelf();
  private final KeyKeeper keeper = new KeyKeeper(shelf, Lifetimes.DEFAULT, clock);

  @Test
  void makesAnAuthorityAndACertificateThatItVouchesFor() throws Exception {
    KeySet keys = keys();

    assertThat(vouchesFor(keys)).isTrue();
    assertThat(ServerNames.of(keys.leaf().certificate())).isEqualTo(SERVICE);
    assertThat(keys.leaf().ends()).isEqualTo(clock.instant().plus(Duration.ofDays(90)));
    assertThat(keys.authority().ends()).isEqualTo(clock.instant().plus(Duration.ofDays(3_652)));
    assertThat(curveBits(keys.leaf())).isEqualTo(256);
    assertThat(keys.leaf().certificate().getExtendedKeyUsage())
        .containsExactly("1.3.6.1.5.5.7.3.1"); // of a TLS server
    assertThat(keys.leaf().certificate().getBasicConstraints()).isNegative(); // no authority
  }

  @Test
  void keepsWhatIsGood() throws Exception {
    KeySet first = keys();

    clock.advance(DAY.multipliedBy(59));

    assertThat(keys()).isEqualTo(first);
    assertThat(shelf.writes()).isOne();
  }

  @Test
  void renewsTheCertificateWhenAThirdOfItsLifeIsLeft() throws Exception {
    KeySet first = keys();

    clock.advance(DAY.multipliedBy(61));
    KeySet second = keys();

    assertThat(second.leaf()).isNotEqualTo(first.leaf());
    assertThat(second.authority()).isEqualTo(first.authority());
    assertThat(vouchesFor(second)).isTrue();
  }

  @Test
  void makesAnotherCertificateForOtherNames() throws Exception {
    KeySet first = keys();
    ServerNames moved = ServerNames.of(List.of("servo.example.com"));

    KeySet second = keeper.keys(Optional.of(moved));

    assertThat(second.authority()).isEqualTo(first.authority());
    assertThat(ServerNames.of(second.leaf().certificate())).isEqualTo(moved);
  }

  @Test
  void leavesTheNamesAsTheyAreWhereNobodyKnowsThem() throws Exception {
    KeySet first = keys();

    assertThat(keeper.keys(Optional.empty())).isEqualTo(first);
  }

  @Test
  void isGoodForThisMachineWhereNobodyKnowsTheNames() throws Exception {
    assertThat(ServerNames.of(keeper.keys(Optional.empty()).leaf().certificate()).names())
        .containsExactly("127.0.0.1", "localhost");
  }

  @Test
  void anAuthorityThatAgesIsFollowedByAnotherAndBothAreTrustedUntilTheOldOnesLeafIsGone()
      throws Exception {
    KeySet first = keys();
    clock.advance(DAY.multipliedBy(3_652).multipliedBy(2).dividedBy(3).minus(DAY.multipliedBy(30)));
    KeySet before = keys();
    clock.advance(DAY.multipliedBy(31));

    KeySet changed = keys();

    assertThat(before.authority()).isEqualTo(first.authority());
    assertThat(changed.authority()).isNotEqualTo(first.authority());
    assertThat(changed.leaf()).isEqualTo(before.leaf()); // the new one is not known yet
    assertThat(changed.authorities())
        .containsExactly(changed.authority().certificate(), first.authority().certificate());
    assertThat(vouchesFor(changed)).isTrue();

    clock.advance(DAY.multipliedBy(60));
    KeySet renewed = keys();

    assertThat(renewed.leaf().isSignedBy(changed.authority().certificate())).isTrue();
    assertThat(renewed.authorities()).isEqualTo(changed.authorities()); // others show the old leaf
    assertThat(vouchesFor(renewed)).isTrue();

    clock.advance(Duration.ofHours(2));
    KeySet settled = keys();

    assertThat(settled.leaf()).isEqualTo(renewed.leaf());
    assertThat(settled.authorities()).containsExactly(changed.authority().certificate());
    assertThat(vouchesFor(settled)).isTrue();
  }

  @Test
  void beginsAnewAfterYearsOfSleep() throws Exception {
    KeySet first = keys();

    clock.advance(DAY.multipliedBy(4_000));
    KeySet second = keys();

    assertThat(second.authorities()).doesNotContain(first.authority().certificate());
    assertThat(vouchesFor(second)).isTrue();
  }

  @Test
  void takesTheKeysOfAnotherThatWasFaster() throws Exception {
    KeySet others = new KeyKeeper(new MemoryShelf(), Lifetimes.DEFAULT, clock).keys(wanted());
    shelf.beforeWrite(late -> {
      late.beforeWrite(nothing -> {});
      late.put(others, "");
    });

    assertThat(keys()).isEqualTo(others);
    assertThat(shelf.writes()).isOne();
  }

  @Test
  void givesUpOnAShelfThatIsAlwaysWrittenByAnother() throws Exception {
    KeySet others =
        new KeyKeeper(new MemoryShelf(), Lifetimes.DEFAULT, clock).keys(Optional.empty());
    shelf.beforeWrite(late -> late.put(others, late.read().version()));

    assertThatThrownBy(this::keys)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("written by another");
  }

  private KeySet keys() throws IOException, InterruptedException {
    return keeper.keys(wanted());
  }

  private static int curveBits(CertifiedKey key) {
    return ((ECPublicKey) key.certificate().getPublicKey()).getParams().getOrder().bitLength();
  }

  private static Optional<ServerNames> wanted() {
    return Optional.of(SERVICE);
  }

  /// Whether a client that trusts the bundle would believe what we show, now.
  private boolean vouchesFor(KeySet keys) throws Exception {
    Set<TrustAnchor> anchors =
        keys.authorities().stream()
            .map(authority -> new TrustAnchor(authority, null))
            .collect(Collectors.toSet());
    PKIXParameters parameters = new PKIXParameters(anchors);
    parameters.setRevocationEnabled(false);
    parameters.setDate(Date.from(clock.instant()));
    List<X509Certificate> chain = keys.identity().chain();
    CertPathValidator.getInstance("PKIX")
        .validate(CertificateFactory.getInstance("X.509").generateCertPath(chain), parameters);
    return true; // otherwise it has thrown
  }
}
