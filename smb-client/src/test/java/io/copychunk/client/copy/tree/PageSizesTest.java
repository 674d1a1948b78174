package io.copychunk.client.copy.tree;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PageSizesTest {
  private final PageSizes pages = new PageSizes();

  @Test
  void manyAreExpectedUntilAnythingIsKnown() {
    assertThat(pages.expected()).isEqualTo(1024);
  }

  @Test
  void whatWasReadLastIsExpectedAgain() {
    for (int i = 0; i < 40; i++) {
      pages.read(5);
    }
    assertThat(pages.expected()).isBetween(5, 15);

    for (int i = 0; i < 40; i++) {
      pages.read(8000);
    }
    assertThat(pages.expected()).isBetween(7900, 8000);
  }
}
