package io.copychunk.client.copy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class CopyOptionsTest {
  @Test
  void whereTemporaryNamesGoIsAskedEachTime() {
    AtomicReference<String> directory = new AtomicReference<>();
    CopyOptions options =
        CopyOptions.builder().temporaryDirectory(directory::get).build();
    CopyOptions derived = options.toBuilder().inPlace(false).build();
    assertThat(options.temporaryDirectory()).isNull();
    assertThat(options).asString().doesNotContain("temporary");

    directory.set("apart");
    assertThat(options.temporaryDirectory()).isEqualTo("apart");
    assertThat(derived.temporaryDirectory()).isEqualTo("apart");
    assertThat(derived).asString().contains("temporary in apart");
  }
}
