/** The domestic side in folders: drops with their results and receipts, and the hand-over. */
@NullMarked
package org.embassage.routes.folder;

import org.jspecify.annotations.NullMarked;
