/**
 * Journals of jobs: what of a copy of trees is complete, so that it can be continued after it was
 * interrupted, be it by the end of its process. A journal is a file of this machine that is only added
 * to, with a checksum for each record.
 *
 * <p>{@link io.copychunk.client.copy.journal.Jobs} finds them, {@link
 * io.copychunk.client.copy.journal.Journal} is written while a job runs, and {@link
 * io.copychunk.client.copy.tree.TreeOptions.Builder#journal} has a tree do so.
 */
@NullMarked
package io.copychunk.client.copy.journal;

import org.jspecify.annotations.NullMarked;
