package io.multijob.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StagingTest {
  @TempDir private Path directory = Path.of("");

  @Test
  void writesArgumentsAsJavasLauncherReadsThem() throws Exception {
    var staging = new Staging(directory);

    staging.writeArguments("/it.args", List.of("-Da=b c", "-Dquoted=\"x\\y\""));

    assertThat(staging.at("/it.args"))
        .content()
        .isEqualTo("\"-Da=b c\"\n\"-Dquoted=\\\"x\\\\y\\\"\"\n");
  }

  @Test
  void makesItsOwnPathsThoseOfTheImage() {
    var staging = new Staging(Path.of("/tmp/here"));

    assertThat(staging.inImage("-cp /tmp/here/opt/a.jar:/tmp/here/opt/b.jar"))
        .isEqualTo("-cp /opt/a.jar:/opt/b.jar");
  }
}
