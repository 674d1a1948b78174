package io.copychunk.client.cli;

import io.copychunk.client.copy.journal.JobPart;

/**
 * What is copied to where.
 *
 * @param source what
 * @param target the name that the copy has in the end
 */
record Planned(SmbUrl source, SmbUrl target) {
  /** As a journal has it. */
  static Planned of(JobPart part) throws CommandException {
    return new Planned(SmbUrl.parse(part.source()), SmbUrl.parse(part.target()));
  }

  JobPart part() {
    return new JobPart(source.text(), target.text());
  }
}
