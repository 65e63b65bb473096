package io.multijob.servo.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DirectoryShelfTest {
  private static final InstantSource NOW =
      InstantSource.fixed(Instant.parse("2026-11-22T00:00:00Z"));

  @TempDir private Path state = Path.of("");

  @Test
  void givesBackWhatItKeepsWithTheRetiring() throws Exception {
    KeySet keys = keys().withAuthority(new Issuer(Lifetimes.DEFAULT).authority(NOW.instant()));

    assertThat(shelf().write(keys, "")).isTrue();

    assertThat(shelf().read().keys()).contains(keys);
  }

  @Test
  void onlyWeMayReadIt() throws Exception {
    shelf().write(keys(), "");
    shelf().write(keys(), "");

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory())))
        .isEqualTo("rwx------");
    try (var files = Files.list(directory())) {
      assertThat(files.toList())
          .singleElement()
          .satisfies(file ->
              assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                  .isEqualTo("rw-------"));
    }
  }

  @Test
  void whatACrashLeftHalfWrittenDoesNotCount() throws Exception {
    KeySet keys = keys();
    shelf().write(keys, "");
    Files.writeString(directory().resolve("keys.pem.tmp"), "-----BEGIN CERT");

    assertThat(shelf().read().keys()).contains(keys);
    assertThat(shelf().write(keys(), "")).isTrue();
  }

  @Test
  void anEmptyOneHasNone() throws Exception {
    assertThat(shelf().read()).isEqualTo(Shelf.Kept.NOTHING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nonsense", "-----BEGIN PRIVATE KEY-----\nAAAA\n"})
  void whatIsDamagedIsMadeAnew(String text) throws Exception {
    Files.createDirectories(directory());
    Files.writeString(directory().resolve("keys.pem"), text);

    assertThat(shelf().read().keys()).isEmpty();
    assertThat(new KeyKeeper(shelf(), Lifetimes.DEFAULT, NOW).keys(Optional.empty()))
        .isEqualTo(shelf().read().keys().orElseThrow());
  }

  @Test
  void keysThatDoNotBelongTogetherAreDamaged() throws Exception {
    KeySet one = keys();
    KeySet other = keys();
    KeySet mixed =
        new KeySet(
            new CertifiedKey(other.leaf().key(), one.leaf().certificate()),
            one.authority(),
            one.retiring());
    shelf().write(mixed, "");

    assertThat(shelf().read().keys()).isEmpty();
  }

  @Test
  void saysWhereItCannotWrite() throws Exception {
    Files.writeString(directory(), "a file where the directory should be");

    assertThatThrownBy(() -> shelf().write(keys(), ""))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(directory().toString());
  }

  private DirectoryShelf shelf() {
    return new DirectoryShelf(directory());
  }

  private Path directory() {
    return state.resolve("admission");
  }

  private static KeySet keys() throws Exception {
    return new KeyKeeper(new MemoryShelf(), Lifetimes.DEFAULT, NOW).keys(Optional.empty());
  }
}
