/** CMS signatures by one fixed CAdES B-B profile, made and strictly checked; judging certificates. */
@NullMarked
package org.embassage.evidence.cms;

import org.jspecify.annotations.NullMarked;
