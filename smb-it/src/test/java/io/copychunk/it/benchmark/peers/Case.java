package io.copychunk.it.benchmark.peers;

import java.util.Locale;

/** What is measured. */
enum Case {
  KEYS("Resume keys", "keys/s"),
  LARGE("One file of 1 GiB", "MB/s"),
  SMALL("2,000 files of 16 KiB", "files/s"),
  MIXED("20,000 mixed files in 200 directories", "files/s");

  private final String title;
  private final String unit;

  Case(String title, String unit) {
    this.title = title;
    this.unit = unit;
  }

  String title() {
    return title;
  }

  String unit() {
    return unit;
  }

  /** The directory of its files. */
  String directory() {
    return name().toLowerCase(Locale.ROOT);
  }
}
