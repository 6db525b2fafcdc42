/* Made by `npm run generate` from contracts/openapi.json: do not edit. */

export interface paths {
    "/api/announcements/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How far one answer to everybody has come
         * @description How far one answer to everybody has come
         */
        get: operations["getAnnouncement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/areas": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The parts of the territory
         * @description The parts of the territory
         */
        get: operations["listAreas"];
        put?: never;
        /**
         * Draws an area
         * @description The cases find the smallest area they are in soon afterwards.
         */
        post: operations["drawArea"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/areas/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One area
         * @description One area
         */
        get: operations["getArea"];
        put?: never;
        post?: never;
        /**
         * Removes an area; its cases stay where they are
         * @description Removes an area; its cases stay where they are
         */
        delete: operations["removeArea"];
        options?: never;
        head?: never;
        /**
         * Names an area anew, or draws its border anew
         * @description Names an area anew, or draws its border anew
         */
        patch: operations["changeArea"];
        trace?: never;
    };
    "/api/attachments/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The bytes of an attachment
         * @description The bytes of an attachment
         */
        get: operations["getAttachment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/attachments/{id}/releases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Lets a file be opened although something was found in it
         * @description Lets a file be opened although something was found in it
         */
        post: operations["releaseAttachment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/automations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The automations, and how they do
         * @description The automations, and how they do
         */
        get: operations["listAutomations"];
        put?: never;
        /**
         * Keeps a new automation
         * @description Keeps a new automation
         */
        post: operations["writeAutomation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/automations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One automation
         * @description One automation
         */
        get: operations["getAutomation"];
        /**
         * Changes an automation, or switches it on or off
         * @description Changes an automation, or switches it on or off
         */
        put: operations["changeAutomation"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/automations/{id}/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What an automation did, and what was left out or refused, and why
         * @description What an automation did, and what was left out or refused, and why
         */
        get: operations["listRunsOfAutomation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/automations/simulate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tries an automation on the latest cases
         * @description Nothing is done.
         */
        post: operations["simulateAutomation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/break-glass": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Every case that somebody opened who may not know of it, the newest first
         * @description Every case that somebody opened who may not know of it, the newest first
         */
        get: operations["listOpenedCases"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/bulk-actions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Bulk actions of the administration, the newest first
         * @description Bulk actions of the administration, the newest first
         */
        get: operations["listBulkActions"];
        put?: never;
        /**
         * Prepares the same for many cases, and says what would be refused
         * @description Nothing is changed yet: the cases are chosen now and stay chosen. What would be refused is said as far as the rules can tell; what a channel refuses is known only when it is done.
         */
        post: operations["prepareBulkAction"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/bulk-actions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One bulk action, and how far it has come
         * @description One bulk action, and how far it has come
         */
        get: operations["getBulkAction"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/bulk-actions/{id}/items": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What became of each case
         * @description What became of each case
         */
        get: operations["listBulkItems"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/bulk-actions/{id}/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Lets it run, or go on after it was stopped
         * @description Lets it run, or go on after it was stopped
         */
        post: operations["startBulkAction"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/bulk-actions/{id}/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stops it after the case at hand; what is done stays done
         * @description Stops it after the case at hand; what is done stays done
         */
        post: operations["stopBulkAction"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists cases, the newest first
         * @description Every filter given must hold. `next` of a page is the `after` of the following one.
         */
        get: operations["listCases"];
        put?: never;
        /**
         * Opens a case by hand: somebody came to the desk, or called
         * @description Opens a case by hand: somebody came to the desk, or called
         */
        post: operations["openCase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One case, with everything that happened in it
         * @description The ETag is its version: send it back as If-Match to change the case.
         */
        get: operations["getCase"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Changes what a case is, or who answers for it
         * @description Changes what a case is, or who answers for it
         */
        patch: operations["changeCase"];
        trace?: never;
    };
    "/api/cases/{id}/announcements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tells every citizen of an incident, each on their own way
         * @description Each reads the words filled from their own case, and nothing of the others. A citizen of several cases is told once. Who cannot be told is listed with the reason.
         */
        post: operations["announce"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/attention": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who has a case before them now
         * @description Who has a case before them now
         */
        get: operations["getAttention"];
        /**
         * Says that the operator has a case before them, or writes in it
         * @description To be said again every 5 seconds: after 15 without it they are gone. Whoever sees the case is told of changes by `attention.changed` on the stream. No trace stays of it.
         */
        put: operations["payAttention"];
        post?: never;
        /**
         * Says that the operator has a case before them no longer
         * @description Says that the operator has a case before them no longer
         */
        delete: operations["endAttention"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/automation-runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What automations did in a case, and what was left out or refused, and why
         * @description What automations did in a case, and what was left out or refused, and why
         */
        get: operations["listAutomationRunsOfCase"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Calls the citizen and joins the operator
         * @description Calls the citizen and joins the operator
         */
        post: operations["call"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/chases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Registers that the citizen asked again, by voice
         * @description Counts as a message in which they ask again does, at most once a day: the priority goes up a step, and who holds the case is urged by letter.
         */
        post: operations["registerChase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/confidentiality": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Says who may know of a case: sets its level, changes it or takes it away
         * @description Says who may know of a case: sets its level, changes it or takes it away
         */
        put: operations["setConfidentiality"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/drafts/{kind}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the operator has begun to write in a case
         * @description What the operator has begun to write in a case
         */
        get: operations["getDraft"];
        /**
         * Keeps what the operator has begun to write in a case
         * @description One reply and one note of each operator for each case: what is saved takes the place of what was, from the version that was seen: `If-Match: "0"` begins one. What another screen saved meanwhile is not written over. It goes by itself when the operator sends a reply, or writes a note, in that case; what is saved after that is a new one. Sent with its `key` as `Idempotency-Key` it is said once, from however many screens; a screen that still shows it then saves it no more (`already-said`).
         */
        put: operations["saveDraft"];
        post?: never;
        /**
         * Puts away what the operator has begun to write in a case
         * @description Not one that another screen saved meanwhile.
         */
        delete: operations["discardDraft"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/followers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begins to follow a case: it is found again with `followedByMe`
         * @description Begins to follow a case: it is found again with `followedByMe`
         */
        post: operations["followCase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/followers/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Stops following a case
         * @description Stops following a case
         */
        delete: operations["unfollowCase"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/incident-suggestions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Cases that look like the same matter
         * @description Open cases of about the same time, of the same category or with like words, under no head yet.
         */
        get: operations["suggestIncident"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/internal-notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Writes an internal note: never sent
         * @description Writes an internal note: never sent
         */
        post: operations["writeNote"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/journal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The journal of a case: who, when, why, caused by what
         * @description The journal of a case: who, when, why, caused by what
         */
        get: operations["getJournal"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Links two cases that have to do with each other
         * @description Links two cases that have to do with each other
         */
        post: operations["linkCases"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/links/{other}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Takes a link between two cases back
         * @description Takes a link between two cases back
         */
        delete: operations["unlinkCases"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/macro-applications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Does everything that a macro says to a case, or nothing
         * @description Does everything that a macro says to a case, or nothing
         */
        post: operations["applyMacro"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/macro-previews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What a macro would do to a case now
         * @description Nothing is done. A refusal is told as it would be.
         */
        post: operations["previewMacro"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/member-previews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What putting cases under this one would change
         * @description Of each case whether it would be refused and why, and whether another office would answer for it.
         */
        post: operations["previewMembers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/member-removals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes cases out from under this one
         * @description Takes cases out from under this one
         */
        post: operations["detachCases"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Puts cases on the same matter under this one
         * @description The office that holds this one holds them from then on; resolving this one resolves them and tells each citizen.
         */
        post: operations["attachCases"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/merges": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes another case in, with everything said in it
         * @description Messages, conversations and notes of the other are read here from then on; it ends as a duplicate, and who wrote there, or asks after it, is led here. It can be undone for some time.
         */
        post: operations["mergeCases"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/place": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Says where a case is
         * @description A point, an address or both; with neither, what was said is taken back. No machine replaces what a person said.
         */
        put: operations["setPlace"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/relations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Every case that stands in relation to this one
         * @description Every case that stands in relation to this one
         */
        get: operations["listRelations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/replies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Answers the citizen
         * @description The answer goes out on the channel of the conversation; what the channel would refuse for certain is refused here, before anything is queued. Its road is then told by `send` of the message.
         */
        post: operations["reply"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/splits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Makes a new case of some of what was said in this one
         * @description Every message stays in exactly one case; both journals tell where it went.
         */
        post: operations["splitCase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/tags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Puts a tag on a case
         * @description Puts a tag on a case
         */
        post: operations["tagCase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/tags/{tag}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Takes a tag off a case
         * @description Takes a tag off a case
         */
        delete: operations["untagCase"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/tasks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was asked of other offices about a case
         * @description What was asked of other offices about a case
         */
        get: operations["listCaseTasks"];
        put?: never;
        /**
         * Puts a question to another office, or to a body outside; the case stays where it is
         * @description Who is asked gets a letter with the question alone, its term, and links by which to answer, ask for time or send it back. Several may be open at once.
         */
        post: operations["askTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/transitions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Moves a case along its life cycle
         * @description Which commands a state accepts is in `commands` of the case; what each needs is said by the rules, field by field. The text for the citizen is sent with the same transaction: either all of it happens, or nothing.
         */
        post: operations["moveCase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/break-glass": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Opens a case that one may not know of, for a while and for a reason
         * @description They see it, note and chase it until then; the journal keeps why, and who heads its office and who protects data get a letter at once. Every try leaves an entry in the trail.
         */
        post: operations["breakGlass"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/count": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Counts the cases of a list
         * @description Those that `listCases` would list with the same filters; no further than a thousand: `more` says so.
         */
        get: operations["countListedCases"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/categories": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The categories that routing looks at
         * @description The categories that routing looks at
         */
        get: operations["listCategories"];
        put?: never;
        /**
         * Makes a category
         * @description Makes a category
         */
        post: operations["makeCategory"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/categories/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One category
         * @description One category
         */
        get: operations["getCategory"];
        /**
         * Writes a category anew, or closes it
         * @description A category that is closed stays with the cases that have it and takes no new ones: routing passes it over, and nobody can choose it.
         */
        put: operations["writeCategory"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/categories/{id}/fields": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The fields that cases of a category have
         * @description The fields that cases of a category have
         */
        get: operations["getCategoryFields"];
        /**
         * Says which fields cases of a category have from now on
         * @description What was written under an older version stays as it was, and is shown as that version names it.
         */
        put: operations["writeCategoryFields"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/channel-weights": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What one contact of a channel takes of an operator
         * @description What one contact of a channel takes of an operator
         */
        get: operations["listChannelWeights"];
        /**
         * Says what one contact of a channel takes of an operator, from the next on
         * @description Where nothing was decided yet: with `If-Match: "0"`.
         */
        put: operations["writeChannelWeights"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/channels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The channels that introduced themselves, and what each can do
         * @description No list of channels exists anywhere: each introduces itself when its process starts. What a capability does not say, the channel cannot do.
         */
        get: operations["listChannels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/channels/{channel}/connection-checks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Asks the providers of a channel, now, whether its accounts are connected
         * @description The channel logs in and asks, account by account and side by side, within twenty seconds; nothing is sent and nothing is kept. Only accounts of one’s own administration are asked about. No answer holds a secret. A channel whose process does not answer is a 503.
         */
        post: operations["checkConnections"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/confidentiality-levels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Why not everybody may know of a case, and who may all the same
         * @description Why not everybody may know of a case, and who may all the same
         */
        get: operations["listLevels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/confidentiality-levels/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One level
         * @description One level
         */
        get: operations["getLevel"];
        /**
         * Decides a level, or makes one
         * @description A code that is new makes a level: `If-Match: "1"`. Elsewhere it holds within two seconds. Levels stay: cases may have them.
         */
        put: operations["writeLevel"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/consent-purposes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * For what people are asked their consent
         * @description For what people are asked their consent
         */
        get: operations["listPurposes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/consent-purposes/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One purpose, with its words
         * @description One purpose, with its words
         */
        get: operations["getPurpose"];
        /**
         * Decides for what people are asked their consent, and by which words
         * @description A new purpose is written with `If-Match: "0"`. Each decision is a version; earlier ones are kept for ever.
         */
        put: operations["decidePurpose"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/contact-identifications/{id}/withdrawal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes an identification back: it was of somebody else
         * @description Takes an identification back: it was of somebody else
         */
        post: operations["withdrawIdentification"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/contacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists or searches the people and bodies we know
         * @description Lists or searches the people and bodies we know
         */
        get: operations["listContacts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/contacts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One contact, with their latest cases
         * @description A contact that turned out to be another is answered as the other.
         */
        get: operations["getContact"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/contacts/{id}/consent-questions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Asks a person for a consent, in their own conversation
         * @description Who agreed to these words, or was asked or said no not long ago, is not asked again. Their answer is recognised when it comes; whatever it is, their case goes on as it would have.
         */
        post: operations["askConsent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/contacts/{id}/consents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a person agreed to, refused, took back, and how each is proven
         * @description What a person agreed to, refused, took back, and how each is proven
         */
        get: operations["listConsents"];
        put?: never;
        /**
         * Writes down what a person decided at the desk or on the telephone
         * @description Writes down what a person decided at the desk or on the telephone
         */
        post: operations["recordConsent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/contacts/{id}/erasure": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What erasing a contact would destroy, and what stands against it
         * @description What erasing a contact would destroy, and what stands against it
         */
        get: operations["previewErasure"];
        put?: never;
        /**
         * Forgets a contact: destroys who they are and what they said, everywhere
         * @description Who they are is gone with the answer; what they said follows, in the background. Cases, dates and figures stay; a new message from the same person makes a new contact.
         */
        post: operations["eraseContact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/contacts/{id}/identifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How sure it is who a contact is, and why
         * @description How sure it is who a contact is, and why
         */
        get: operations["listIdentifications"];
        put?: never;
        /**
         * Writes down that it is certain which contact somebody is
         * @description By a document that was looked at, or by the login of who showed a case of theirs. Of a fiscal code a keyed print is kept, of the document its kind alone. From then on who logs in with that fiscal code sees everything that is kept of the contact.
         */
        post: operations["identifyContact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/contacts/{id}/personal-data": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Everything that is kept of a person, for a machine
         * @description Addresses, cases, messages, consents, requests, and who looked: by role and office, not by name.
         */
        get: operations["exportPersonalData"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/contacts/{id}/personal-data/page": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Everything that is kept of a person, to be read or printed
         * @description Everything that is kept of a person, to be read or printed
         */
        get: operations["readPersonalData"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/contacts/{id}/restriction-liftings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ends the rest of a person’s data
         * @description Ends the rest of a person’s data
         */
        post: operations["liftRestriction"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/contacts/{id}/rights-requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Writes down what a person asks of what is kept of them
         * @description It becomes a case of its own, of the kind whose term the law sets: one month, that can be extended once by two.
         */
        post: operations["openRightsRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/deadline-policies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the administration promises, and ever promised
         * @description What the administration promises, and ever promised
         */
        get: operations["listDeadlinePolicies"];
        put?: never;
        /**
         * Promises something from now on: a new policy, or a new version of one
         * @description What began under an older version ends under it: nothing that was promised changes. `If-Match` is the last version of its code, `"0"` for a new code.
         */
        post: operations["writeDeadlinePolicy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/demonstration/clock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Moves the time of a demonstration forward
         * @description Every term and every job that waits sees it. In production there is no such thing.
         */
        post: operations["advanceClock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/dormancy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * People and offices that nobody has seen for as long as the settings say
         * @description People and offices that nobody has seen for as long as the settings say
         */
        get: operations["getDormancy"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/drafts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the operator has begun to write, the last saved first
         * @description What the operator has begun to write, the last saved first
         */
        get: operations["listDrafts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/erasures/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The receipt of an erasure
         * @description The receipt of an erasure
         */
        get: operations["getErasure"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/exports/offices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The active offices as a file, each after the one above it
         * @description The active offices as a file, each after the one above it
         */
        get: operations["exportOffices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/exports/operators": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The active operators as a file
         * @description The active operators as a file
         */
        get: operations["exportOperators"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/held-attachments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Files in which something was found, the oldest first
         * @description They wait for a person, and so do originals of messages that the scanner refuses as a whole. A file that the scanner has merely not seen yet is among them after a day.
         */
        get: operations["listHeldAttachments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports/ipa-offices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Makes and changes offices from the public index of administrations
         * @description The open data "Unità organizzative" of IndicePA; only the rows of one administration are taken. One file, at most 25 MB, as `text/csv` or as `multipart/form-data`: CSV in UTF-8, separated by semicolons, commas or tabs. Rows are known by their codes: the same file twice changes nothing. A column that is left out stays as it is, an empty cell clears; hours are written as `lun-ven 08:30-12:30, 14:00-17:00 | sab 9-12`, closures as `2026-08-10..2026-08-21 Ferie | 2026-12-24 Vigilia`; offices and people that no row names stay. All of it happens or, when a row is not right, nothing.
         */
        post: operations["importIpaOffices"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports/offices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Makes and changes offices from a file
         * @description One file, at most 25 MB, as `text/csv` or as `multipart/form-data`: CSV in UTF-8, separated by semicolons, commas or tabs. Rows are known by their codes: the same file twice changes nothing. A column that is left out stays as it is, an empty cell clears; hours are written as `lun-ven 08:30-12:30, 14:00-17:00 | sab 9-12`, closures as `2026-08-10..2026-08-21 Ferie | 2026-12-24 Vigilia`; offices and people that no row names stay. All of it happens or, when a row is not right, nothing.
         */
        post: operations["importOffices"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports/operators": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Makes and changes operators from a file
         * @description One file, at most 25 MB, as `text/csv` or as `multipart/form-data`: CSV in UTF-8, separated by semicolons, commas or tabs. Rows are known by their codes: the same file twice changes nothing. A column that is left out stays as it is, an empty cell clears; hours are written as `lun-ven 08:30-12:30, 14:00-17:00 | sab 9-12`, closures as `2026-08-10..2026-08-21 Ferie | 2026-12-24 Vigilia`; offices and people that no row names stay. All of it happens or, when a row is not right, nothing.
         */
        post: operations["importOperators"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/legal-holds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What nothing may be destroyed of
         * @description What nothing may be destroyed of
         */
        get: operations["listHolds"];
        put?: never;
        /**
         * Has nothing of a case, or of a contact, destroyed
         * @description Has nothing of a case, or of a contact, destroyed
         */
        post: operations["placeHold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/legal-holds/{id}/lift": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Lifts a hold
         * @description Lifts a hold
         */
        post: operations["liftHold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/letters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was written to offices, their people and bodies outside, and what became of it
         * @description What was written to offices, their people and bodies outside, and what became of it
         */
        get: operations["listLetters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/macros": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One’s own macros, and those that others share
         * @description One’s own macros, and those that others share
         */
        get: operations["listMacros"];
        put?: never;
        /**
         * Keeps a set of changes under a name
         * @description Keeps a set of changes under a name
         */
        post: operations["writeMacro"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/macros/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One macro
         * @description One macro
         */
        get: operations["getMacro"];
        /**
         * Changes a macro of one’s own
         * @description Changes a macro of one’s own
         */
        put: operations["changeMacro"];
        post?: never;
        /**
         * Removes a macro of one’s own
         * @description Removes a macro of one’s own
         */
        delete: operations["removeMacro"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/map": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a map of the territory is drawn from
         * @description The outlines and the tiles of the configuration, for maps of cases.
         */
        get: operations["getMap"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/map/cases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Cases with their point, as GeoJSON
         * @description A FeatureCollection (RFC 7946), paged: `next` is the `after` of the following one. It tells nothing of whose a case is nor what was said; a confidential case is on no map.
         */
        get: operations["mapCases"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/mentions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where others named the operator in a note, the newest first
         * @description Where others named the operator in a note, the newest first
         */
        get: operations["listMentions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/mentions/{id}/reading": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Marks a mention as read
         * @description Marks a mention as read
         */
        post: operations["readMention"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/merges/{id}/reversals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Undoes a merge: everything goes back where it was said
         * @description Undoes a merge: everything goes back where it was said
         */
        post: operations["undoMerge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/messages/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One message, and how far it has come when it goes out
         * @description One message, and how far it has come when it goes out
         */
        get: operations["getMessage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/messages/{id}/attempts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Orders a failed or unknown message to be tried again
         * @description A new attempt of the same message. Where nobody knows whether the first arrived, whoever asks accepts that the citizen may receive it twice.
         */
        post: operations["retryMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/messages/{id}/html": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The rich text of a message, as a document to put into a frame
         * @description Made harmless once more, under a policy of its own (`sandbox`, nothing but its words and the pictures enclosed in the message). With `remote=allow`, asked for by a person, also the pictures that it keeps elsewhere, by https alone and without a referrer: whoever keeps them learns that the message is being read.
         */
        get: operations["showRichText"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/messages/{id}/original": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The original of a message, byte for byte
         * @description Held as long as one of its files is, for it holds them all, and as long as the scanner refuses it as a whole: each is released by itself, the files first.
         */
        get: operations["getOriginal"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/messages/{id}/original/releases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Lets the original of a message be opened although the scanner refuses it
         * @description It is held once somebody asked for it in vain. Files in it that are held are released first, each by itself.
         */
        post: operations["releaseOriginal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/messages/{id}/parts/{part}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A part of a message that is kept beside it
         * @description A text too long to be said inline, a rich text made harmless, an invitation.
         */
        get: operations["getMessagePart"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/messages/{id}/parts/{part}/releases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Lets a part of a message be opened although the scanner refuses it
         * @description It is held once somebody asked for it in vain.
         */
        post: operations["releaseMessagePart"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/messages/{id}/withdrawals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes a reply back before it leaves
         * @description Of a reply that is held (`sendAfter`), or that its channel has not begun to send: it is never sent, the terms that it had met run again, and its words are a draft again of who wrote them. Once more does nothing more. A reply that a step of the life cycle was told with stays.
         */
        post: operations["withdrawMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/monitoring-authorizations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * By what people who work here may be counted one by one
         * @description By what people who work here may be counted one by one
         */
        get: operations["listMonitoringAuthorizations"];
        put?: never;
        /**
         * Records an agreement with the unions, or the leave of the labour inspectorate
         * @description Records an agreement with the unions, or the leave of the labour inspectorate
         */
        post: operations["recordMonitoringAuthorization"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/monitoring-authorizations/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ends whatever holds: nothing is counted one by one any more
         * @description Ends whatever holds: nothing is counted one by one any more
         */
        post: operations["endMonitoringAuthorizations"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/offers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What is being offered to the operator
         * @description Each is also told by the stream, as `offer.changed`.
         */
        get: operations["listOffers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/offers/{id}/acceptance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Accepts what is offered: the case is the operator’s
         * @description Accepting twice is accepting once. Too late, or after another was quicker: `offer-over`.
         */
        post: operations["acceptOffer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/offers/{id}/rejection": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Refuses what is offered: it goes to another, from where it stood in the queue
         * @description Refuses what is offered: it goes to another, from where it stood in the queue
         */
        post: operations["rejectOffer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/offices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The tree of offices of the administration
         * @description The tree of offices of the administration
         */
        get: operations["listOffices"];
        put?: never;
        /**
         * Makes an office under another
         * @description Makes an office under another
         */
        post: operations["makeOffice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/offices/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One office, with all that is known of it and who answers for it now
         * @description The ETag is its version: send it back as If-Match to change it.
         */
        get: operations["getOffice"];
        /**
         * Writes all that an office says of itself
         * @description What is left out is cleared. Its code never changes; where it stands and when it is open have their own roads.
         */
        put: operations["writeOffice"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/offices/{id}/activations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Brings an office back, empty, where it stood
         * @description Brings an office back, empty, where it stood
         */
        post: operations["activateOffice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/offices/{id}/closures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Closes an office, and all that stands under it, for some days
         * @description Closes an office, and all that stands under it, for some days
         */
        post: operations["closeOffice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/offices/{id}/closures/{closure}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Takes a closure back
         * @description Takes a closure back
         */
        delete: operations["reopenOffice"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/offices/{id}/deactivations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ends an office, once it holds nothing or somebody succeeds it
         * @description A successor receives its open cases (each is told so in its journal), the categories that name it and the people whose main office it is, and from then on is given what is routed to it.
         */
        post: operations["deactivateOffice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/offices/{id}/hours": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Writes when an office is open, for each channel
         * @description All of it at once: for all channels, and for those that have hours of their own. Nothing: the hours of the office above hold.
         */
        put: operations["writeHours"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/offices/{id}/moves": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stands an office, with all that is under it, under another
         * @description Within its administration, and never under itself. Its cases stay with it.
         */
        post: operations["moveOffice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/on-duty": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who can take a citizen straight through at this moment
         * @description Specialists and experts of the offices that answer for the topic: open now, available, heard of lately, not away; or whoever stands in for them. Every office that answers is listed, with where to call or write when nobody is free.
         */
        get: operations["onDuty"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/operators": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The people who answer citizens
         * @description The people who answer citizens
         */
        get: operations["listOperators"];
        put?: never;
        /**
         * Makes an operator
         * @description Makes an operator
         */
        post: operations["makeOperator"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/operators/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One operator, with all that is known of them
         * @description The ETag is their version: send it back as If-Match to change it.
         */
        get: operations["getOperator"];
        /**
         * Writes all that is known of an operator
         * @description What is left out is cleared. Their code never changes.
         */
        put: operations["writeOperator"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/operators/{id}/absences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Records that somebody is away, and who stands in
         * @description Everybody records their own; an administrator those of others. It never says why.
         */
        post: operations["recordAbsence"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/operators/{id}/absences/{absence}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Takes an absence back: they are there after all, or again
         * @description Takes an absence back: they are there after all, or again
         */
        delete: operations["removeAbsence"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/operators/{id}/activations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Somebody works here again
         * @description Somebody works here again
         */
        post: operations["activateOperator"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/operators/{id}/deactivations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Somebody no longer works here
         * @description They are let in no longer, whatever token or session they have. Their open cases go back to the offices that hold them. Refused while an office names them responsible.
         */
        post: operations["deactivateOperator"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/operators/{id}/identities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who an operator is at the identity provider
         * @description Who an operator is at the identity provider
         */
        get: operations["listIdentities"];
        put?: never;
        /**
         * Links an operator to somebody at the identity provider
         * @description From the next request on, whoever has a token or a login of that subject is this operator.
         */
        post: operations["linkIdentity"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/operators/{id}/identities/{identity}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Takes an identity back
         * @description Whoever it was is let in no longer, sessions included.
         */
        delete: operations["unlinkIdentity"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/operators/{id}/presence": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where an operator is, and how much they have in hand
         * @description Where an operator is, and how much they have in hand
         */
        get: operations["getPresence"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/operators/{id}/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Sessions of an operator that go on
         * @description Sessions of an operator that go on
         */
        get: operations["listSessionsOfOperator"];
        put?: never;
        post?: never;
        /**
         * Ends all sessions of an operator
         * @description They may log in again at once: to keep somebody out, deactivate them.
         */
        delete: operations["endSessionsOfOperator"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/operators/{id}/sessions/{session}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Ends one session of an operator
         * @description Ends one session of an operator
         */
        delete: operations["endSessionOfOperator"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/operators/{id}/skills": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What an operator can do, and how much at once
         * @description What an operator can do, and how much at once
         */
        get: operations["getSkills"];
        /**
         * Says what an operator can do, and how much at once
         * @description Languages are part of the operator and count as skills of level 3; a skill said here goes before.
         */
        put: operations["writeSkills"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/operators/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The operator whose token this is
         * @description The operator whose token this is
         */
        get: operations["getMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/operators/me/heartbeats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A sign of life of the operator’s screen
         * @description It brings nobody back who counts as offline: they say again where they are.
         */
        post: operations["beat"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/operators/me/presence": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where the operator is, and how much they have in hand
         * @description Where the operator is, and how much they have in hand
         */
        get: operations["getMyPresence"];
        /**
         * Says where the operator is
         * @description Only who is `available` is offered work, and who is absent counts as `away` whatever they say. A sign of life is expected every 10 seconds; after 30 without one they count as offline.
         */
        put: operations["sayPresence"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/parked-items": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What could not be taken in by itself, the oldest first
         * @description What could not be taken in by itself, the oldest first
         */
        get: operations["listParked"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/parked-items/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One parked item
         * @description One parked item
         */
        get: operations["getParked"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/parked-items/{id}/discards": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Puts a parked item away for good, for a reason
         * @description Its original stays. What is of a case that you do not see is for who sees it.
         */
        post: operations["discardParked"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/parked-items/{id}/original": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The original of a parked item, as plain text
         * @description Whatever it is, it comes as plain text to keep: nothing of it runs. What the scanner refuses is not given.
         */
        get: operations["getParkedOriginal"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/parked-items/{id}/original/releases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Lets the original of a parked item be opened although the scanner refuses it
         * @description It is held once somebody asked for it in vain. It still comes as plain text.
         */
        post: operations["releaseParkedOriginal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/parked-items/{id}/retries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tries a parked item again
         * @description When it fails again it still waits, with the new reason. What is doubtful and of a case that you do not see is for who sees it.
         */
        post: operations["retryParked"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/processing-register": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The register of processing (art. 30 GDPR) and the outline of an assessment of impact
         * @description Made from what the system holds and does at this moment; what it cannot know is asked in `questions`.
         */
        get: operations["getProcessingRegister"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/processing-register/answers/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was answered to a question of the register, each version
         * @description What was answered to a question of the register, each version
         */
        get: operations["listRegisterAnswers"];
        /**
         * Answers a question of the register
         * @description A question that nobody answered is answered with `If-Match: "0"`. What was answered before is kept.
         */
        put: operations["answerRegister"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/processing-register/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The same as a table
         * @description The same as a table
         */
        get: operations["exportProcessingRegister"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/processing-register/page": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The same, to be read or printed
         * @description The same, to be read or printed
         */
        get: operations["readProcessingRegister"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/queues": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The queues of the offices: what waits, what is offered, who is there
         * @description The queues of the offices: what waits, what is offered, who is there
         */
        get: operations["listQueues"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/queues/{id}/claims": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes the next work of a queue that the operator can take
         * @description The case is theirs at once. Nothing for them: 204.
         */
        post: operations["claimNext"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/queues/{id}/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How an office gives out the work of its queue
         * @description How an office gives out the work of its queue
         */
        get: operations["getQueueSettings"];
        /**
         * Says how an office gives out the work of its queue
         * @description What is not said is as usual. What waits already follows the new settings at once. An office that said nothing yet says it with `If-Match: "0"`.
         */
        put: operations["writeQueueSettings"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/receptions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What became of one delivery to us
         * @description The channels name the reception when they accept a delivery. Until something of it is recorded there is nothing here.
         */
        get: operations["getReception"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reports/cases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How many cases stand where, for each office and state
         * @description How many cases stand where, for each office and state
         */
        get: operations["countCases"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reports/reception": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether anything that reached us was lost
         * @description For each day and channel, how many deliveries reached us and what became of every fact they carried. `missing` is 0, or somebody must look.
         */
        get: operations["reportReception"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reports/spikes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What is suddenly more than usual
         * @description Categories of which far more cases came in the last hours, in an area or with an office, than at these hours of this day of the week in the weeks before. Of cases that whoever asks sees; confidential ones are not counted.
         */
        get: operations["listSpikes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reports/surveys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What citizens said of the service, office by office
         * @description Of an office with fewer than five ratings nothing is shown, so that nobody is told apart. Only cases that whoever asks may see are counted.
         */
        get: operations["reportSurveys"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reports/wallboard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How everything stands now: what waits, who is there, how citizens are served today
         * @description Of cases that whoever asks may see. The service of an office of fewer than five people is shown only under an authorisation to count people one by one.
         */
        get: operations["showWallboard"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/retention/policies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Until when what is kept, and why
         * @description Until when what is kept, and why
         */
        get: operations["listRetentionPolicies"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/retention/policies/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Decides until when something is kept
         * @description A term that is as shipped is decided with `If-Match: "0"`.
         */
        put: operations["decideRetention"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/retention/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The last runs, and how far they are
         * @description The last runs, and how far they are
         */
        get: operations["listRetentionRuns"];
        put?: never;
        /**
         * Looks at what has had its time, and destroys nothing
         * @description Looks at what has had its time, and destroys nothing
         */
        post: operations["prepareRetention"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/retention/runs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How far a run is
         * @description How far a run is
         */
        get: operations["getRetentionRun"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/retention/runs/{id}/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Destroys what has had its time, by night unless told
         * @description Destroys what has had its time, by night unless told
         */
        post: operations["startRetention"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/retention/runs/{id}/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stops a run: what is done stays done
         * @description Stops a run: what is done stays done
         */
        post: operations["stopRetention"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/retention/schedule": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether what has had its time goes every night by itself
         * @description Whether what has had its time goes every night by itself
         */
        get: operations["getRetentionSchedule"];
        /**
         * Has what has had its time go every night by itself, or not any more
         * @description As shipped it does not, which is version 0. A run that is under way goes on until it is stopped.
         */
        put: operations["decideRetentionSchedule"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rights-requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What people asked of what is kept of them
         * @description What people asked of what is kept of them
         */
        get: operations["listRightsRequests"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rights-requests/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One request, with what its receipt says
         * @description One request, with what its receipt says
         */
        get: operations["getRightsRequest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rights-requests/{id}/decision": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Decides a request, does what it is about, and ends its case
         * @description It must be certain who asks before anything is granted. The person is told in writing, or was told in person.
         */
        post: operations["decideRightsRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rights-requests/{id}/identification": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Writes down how it became certain who asks
         * @description Writes down how it became certain who asks
         */
        post: operations["identifyRequester"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What each role may do
         * @description What each role may do
         */
        get: operations["listRoles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/roles/{role}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a role may do
         * @description What a role may do
         */
        get: operations["getRole"];
        /**
         * Decides what a role may do
         * @description It holds for whoever has the role, from their next request on; elsewhere within two seconds.
         */
        put: operations["changeRole"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/routing-rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who gets which new case: the rules, in order
         * @description Who gets which new case: the rules, in order
         */
        get: operations["listRoutingRules"];
        put?: never;
        /**
         * Adds a rule after all others
         * @description Adds a rule after all others
         */
        post: operations["addRoutingRule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/routing-rules/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One rule
         * @description One rule
         */
        get: operations["getRoutingRule"];
        /**
         * Writes a rule anew, in its place
         * @description Writes a rule anew, in its place
         */
        put: operations["writeRoutingRule"];
        post?: never;
        /**
         * Removes a rule
         * @description Removes a rule
         */
        delete: operations["removeRoutingRule"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/routing-rules/order": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Puts the rules in an order
         * @description Puts the rules in an order
         */
        put: operations["orderRoutingRules"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/routing-rules/simulate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tries rules on past cases before they are switched on
         * @description Says where the last cases that came by a channel would go, compared with where they went and who has them now. Changes nothing.
         */
        post: operations["simulateRoutingRules"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Looks for cases by what is said in them, and by whose they are
         * @description Words are found whatever their ending and accents: `"…"` keeps them together, `or` takes either, `-` leaves out. A single word may also be part of a name, an address, a telephone number or the number of a case. What is new is found within a second.
         */
        get: operations["searchCases"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/search/count": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How many cases a search finds, counted up to a thousand
         * @description How many cases a search finds, counted up to a thousand
         */
        get: operations["countFoundCases"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One’s own sessions that go on
         * @description One’s own sessions that go on
         */
        get: operations["listSessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Ends one of one’s own sessions
         * @description Ends one of one’s own sessions
         */
        delete: operations["endSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the administration decided for itself
         * @description What the administration decided for itself
         */
        get: operations["getSettings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Decides for the administration
         * @description What already happened stays as it was; what happens from now on follows it.
         */
        patch: operations["changeSettings"];
        trace?: never;
    };
    "/api/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follows what happens to the cases of the administration
         * @description Server-sent events, thin facts to be read again through the API. Each `case.changed` has an id; sent back as `Last-Event-ID` the stream goes on right after it, without a gap; without it, the stream begins now. `message.changed` tells how far an outgoing message has come while one listens; it has no id and is not told again; nor does `offer.changed`, what is offered to the operator who listens and what became of it. `call.changed` tells of a call that comes in, as far as it has come: who calls, what they pressed, and whether who listens is to answer it (`forYou`); it is not told again. `view.counted` tells the counts of one’s views that changed, at first all of them; `attention.changed` who has a case before them now, at first of every case that somebody has, and whether the citizen writes. Who has not the permission `case.read` is told of offers alone. A comment line comes every 15 seconds.
         */
        get: operations["follow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/suppliers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who runs parts of the service under contract, and which parts
         * @description Who runs parts of the service under contract, and which parts
         */
        get: operations["listSuppliers"];
        put?: never;
        /**
         * Makes a supplier with its lots
         * @description Makes a supplier with its lots
         */
        post: operations["makeSupplier"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/suppliers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One supplier, with its lots
         * @description One supplier, with its lots
         */
        get: operations["getSupplier"];
        /**
         * Writes the name and all lots of a supplier
         * @description Writes the name and all lots of a supplier
         */
        put: operations["writeSupplier"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The tags of the administration
         * @description The tags of the administration
         */
        get: operations["listTags"];
        put?: never;
        /**
         * Makes a new tag
         * @description Makes a new tag
         */
        post: operations["writeTag"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tags/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One tag
         * @description One tag
         */
        get: operations["getTag"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Changes a tag, or retires it
         * @description Changes a tag, or retires it
         */
        patch: operations["changeTag"];
        trace?: never;
    };
    "/api/tasks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The tasks of the administration, the newest first
         * @description The tasks of the administration, the newest first
         */
        get: operations["listTasks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tasks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A task
         * @description A task
         */
        get: operations["getTask"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tasks/{id}/moves": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Answers a task, puts it off, sends it back, or cancels it
         * @description Answers a task, puts it off, sends it back, or cancels it
         */
        post: operations["moveTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/template-previews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Fills a template without sending it
         * @description For a case, or for an invented one; says which words each channel would take.
         */
        post: operations["previewTemplate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/template-variables": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a template may say
         * @description What a template may say
         */
        get: operations["listTemplateVariables"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists templates, the newest first
         * @description Lists templates, the newest first
         */
        get: operations["listTemplates"];
        put?: never;
        /**
         * Keeps a new template
         * @description It is kept only when it can be read, names nothing that nobody fills, and gives words even for a case of which little is known.
         */
        post: operations["writeTemplate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/templates/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One template
         * @description One template
         */
        get: operations["getTemplate"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Changes a template, or retires it
         * @description Changes a template, or retires it
         */
        patch: operations["changeTemplate"];
        trace?: never;
    };
    "/api/topics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The topics that offices answer for
         * @description The topics that offices answer for
         */
        get: operations["listTopics"];
        put?: never;
        /**
         * Makes a topic
         * @description Makes a topic
         */
        post: operations["makeTopic"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/topics/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One topic
         * @description One topic
         */
        get: operations["getTopic"];
        /**
         * Renames a topic as people see it, or ends it
         * @description Renames a topic as people see it, or ends it
         */
        put: operations["writeTopic"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/trail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who looked at what, searched, took away and changed
         * @description Who looked at what, searched, took away and changed
         */
        get: operations["listTrail"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/trail/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Entries of the trail as a file
         * @description Entries of the trail as a file
         */
        get: operations["exportTrail"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/trail/state": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where the chain stands, and who keeps anchors of it
         * @description Where the chain stands, and who keeps anchors of it
         */
        get: operations["getTrailState"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/uploads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Keeps a file to send with a reply
         * @description One file, at most 25 MB, as `multipart/form-data`. Its id is then named in `attachments` of a reply. What it is is read from its bytes; programs, what carries a virus and what cannot be looked into are refused.
         */
        post: operations["uploadFile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/views": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The views of who asks, and those shared with them, each with its count
         * @description Counted up to a thousand. While one follows the stream, `view.counted` tells the counts that change: all of them at first.
         */
        get: operations["listViews"];
        put?: never;
        /**
         * Saves a filter under a name
         * @description What a filter says of "mine" and "my office" means whoever looks, also in a shared view.
         */
        post: operations["saveView"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/views/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One view
         * @description One view
         */
        get: operations["getView"];
        put?: never;
        post?: never;
        /**
         * Removes a view of one’s own
         * @description Removes a view of one’s own
         */
        delete: operations["removeView"];
        options?: never;
        head?: never;
        /**
         * Changes a view of one’s own
         * @description Changes a view of one’s own
         */
        patch: operations["changeView"];
        trace?: never;
    };
    "/api/views/{id}/cases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The cases that a view shows, the newest first
         * @description The cases that a view shows, the newest first
         */
        get: operations["listViewCases"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/work-items/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Something that waits for a person or that a person has: to whom it was offered, and why
         * @description Something that waits for a person or that a person has: to whom it was offered, and why
         */
        get: operations["getWorkItem"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/public/own-data": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What is kept of a citizen, who looked at it, until when, and what they agreed to
         * @description As far as it is certain who asks: who verified an address sees what came from it and went to it, and all of theirs where it was said at the desk that nobody else reads it. Confidential cases are shown to who logged in alone (`hidesConfidential`); what offices noted among themselves is given when access is asked for and an operator has looked.
         */
        post: operations["showOwnData"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/public/own-data/cases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Shows by its code that a case is theirs: who logged in follows it without from then on
         * @description What is shown of it is what the code shows. A code that is not known yet is kept for a day.
         */
        post: operations["claimOwnCase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/public/own-data/codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Asks for a one-time code, sent to an address of a citizen
         * @description The answer, and the time it takes, are the same for an address that is known and for one that is not. A code is good once, for the minutes that the letter says; three in an hour are sent to one address.
         */
        post: operations["askOwnDataCode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/public/own-data/consents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Agrees to a purpose, or takes an agreement back
         * @description Agrees to a purpose, or takes an agreement back
         */
        post: operations["decideOwnConsent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/public/own-data/logins": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begins the login of a citizen by SPID or CIE
         * @description The browser that is sent away must come back within ten minutes with what is given here.
         */
        post: operations["beginCitizenLogin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/public/own-data/logins/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ends the login of a citizen, and opens what is kept of them
         * @description Good once, whatever comes of it. What the provider gives is verified (signature, issuer, audience, nonce, time, how strong the login was), read, and thrown away: of the fiscal code a keyed print is kept.
         */
        post: operations["openOwnDataByLogin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/public/own-data/providers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where citizens log in: SPID, CIE
         * @description Without any, citizens are known by a one-time code alone.
         */
        get: operations["listCitizenProviders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/public/own-data/requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Asks for access, rectification, erasure, restriction, or objects
         * @description It becomes a case with the term of the law; the receipt goes to the verified address. While one of the same sort is open, no other is opened.
         */
        post: operations["askOwnRight"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/public/own-data/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Spends a one-time code
         * @description A code that is wrong, spent or too old looks the same. What is opened lasts half an hour.
         */
        post: operations["openOwnData"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/public/own-data/sessions/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ends a session of a citizen
         * @description Ends a session of a citizen
         */
        post: operations["endOwnData"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/public/ratings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Rates the service of a case that has an outcome
         * @description Once for each case, by its code; said again within thirty days of the outcome, it changes. A wrong code and a case that does not exist look the same.
         */
        post: operations["rateService"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/public/tracked-cases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Who holds a case now, since when, until when, what was said and what was answered
         * @description Asks for the code that the citizen was given, which travels in no address: addresses are written into logs. With the number too, the case must have it. Of what citizens said it shows what came in the conversation for which the code was given, and from who it was given to. A wrong code and a case that does not exist look the same. What is shown leaves a look in the trail, one an hour at most.
         */
        post: operations["trackCase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        AbsenceView: {
            /**
             * Format: date-time
             * @description From
             */
            from: string;
            /**
             * Format: uuid
             * @description Absence
             */
            id: string;
            /** @description Who stands in */
            substitute?: components["schemas"]["OperatorRef"];
            /**
             * Format: date-time
             * @description Until
             */
            to: string;
        };
        ActionsPreview: {
            /** @description The same in words */
            detail?: string;
            /**
             * @description What would be written in its journal, in order
             * @example [
             *       "priority_changed",
             *       "note_added"
             *     ]
             */
            facts: string[];
            /** @description `errors`: field by field */
            mistakes?: {
                [key: string]: unknown;
            };
            /**
             * @description Why it would be refused: the problem
             * @enum {string}
             */
            problem?: "invalid-input" | "malformed-request" | "not-authenticated" | "step-up-required" | "not-allowed" | "foreign-page" | "not-found" | "version-required" | "version-stale" | "transition-not-allowed" | "kept-by-law" | "retention-under-way" | "office-in-use" | "already-said" | "idempotency-mismatch" | "reply-window-closed" | "channel-cannot" | "no-reply-address" | "text-too-long" | "outcome-required" | "retry-not-allowed" | "cannot-be-withdrawn" | "processing-restricted" | "personal-data" | "login-refused" | "login-too-weak" | "login-not-usable" | "offer-over" | "media-type-not-accepted" | "too-large" | "too-many-requests" | "temporarily-unavailable" | "internal-error";
            /** @description What the citizen would be told */
            told?: string;
        };
        ActorView: {
            /**
             * Format: uuid
             * @description Which contact, operator, office or automation
             */
            id?: string;
            /**
             * @description As what
             * @example operator
             * @enum {string}
             */
            kind: "contact" | "operator" | "office" | "system" | "automation";
            /**
             * @description Name
             * @example Anna Riva
             */
            name?: string;
        };
        Address: {
            /** @description Other names of the same endpoint */
            aliases?: components["schemas"]["Alias"][];
            /** @description The name the person shows */
            displayName?: string;
            /** @description What sort of address it is; an open word chosen by the channel */
            kind: string;
            /** @description The address */
            value: string;
            /** @description Whether the channel proves that the person holds the address */
            verified?: boolean;
        };
        AdvanceClock: {
            /**
             * @description By how many seconds
             * @example 86400
             */
            seconds: number;
        };
        Alias: {
            /** @description What sort of address it is; an open word chosen by the channel */
            kind: string;
            /** @description The address */
            value: string;
        };
        AnnouncementRefusal: {
            /** @description The case */
            case: components["schemas"]["RelatedCase"];
            /** @description In a sentence */
            detail?: string;
            /**
             * @description Why its citizen was not told: the name of the problem
             * @example no-reply-address
             */
            problem: string;
        };
        AnnouncementView: {
            /**
             * Format: uuid
             * @description Head of the incident
             */
            case: string;
            /**
             * @description How many cases it is for
             * @example 40
             */
            cases: number;
            /**
             * Format: date-time
             * @description When it was written
             */
            createdAt: string;
            /**
             * Format: uuid
             * @description Announcement
             */
            id: string;
            /**
             * @description The outcome it gives
             * @enum {string}
             */
            outcome?: "positive" | "partial" | "negative" | "not_applicable";
            /**
             * @description How many cases are left
             * @example 0
             */
            pending: number;
            /** @description Whose citizens could not be told: somebody must look */
            refused: components["schemas"]["AnnouncementRefusal"][];
            /**
             * @description Whether it still goes on
             * @example done
             * @enum {string}
             */
            state: "going" | "done";
            /**
             * @description How many citizens were written to
             * @example 38
             */
            told: number;
        };
        AnsweredElsewhere: {
            /** @description Address */
            address: components["schemas"]["Address"];
            /**
             * @description Channel
             * @example email
             */
            channel: string;
        };
        ApplyMacro: {
            /**
             * Format: uuid
             * @description The macro
             * @example 0199a3c2-6f10-7c3e-9d52-6a1d2b8e4f70
             */
            macro: string;
        };
        AreaList: {
            /** @description Areas, by name */
            items: components["schemas"]["AreaView"][];
        };
        AreaRef: {
            /**
             * @description Code
             * @example centro
             */
            code: string;
            /**
             * Format: uuid
             * @description Area
             */
            id: string;
            /**
             * @description Its name
             * @example Centro storico
             */
            name: string;
        };
        AreaView: {
            /**
             * @description Code, its own in the administration
             * @example centro
             */
            code: string;
            /** @description Its border */
            geometry: components["schemas"]["PolygonGeometry"];
            /**
             * Format: uuid
             * @description Area
             */
            id: string;
            /**
             * @description Its name
             * @example Centro storico
             */
            name: string;
        };
        AskConsent: {
            /**
             * Format: uuid
             * @description A case of theirs: the question goes where they last wrote in it
             */
            case: string;
            /**
             * @description Language
             * @example it
             */
            language?: string;
            /**
             * @description Purpose
             * @example newsletter
             */
            purpose: string;
        };
        AskErasure: {
            /**
             * @description Why, for the receipt: nothing of the person
             * @example Richiesta dell’interessato, art. 17
             */
            reason: string;
        };
        AskOwnDataCode: {
            /** @description Id of the administration; absent where there is one alone */
            administration?: string;
            /**
             * @description What sort of address it is
             * @example email
             */
            kind: string;
            /**
             * @description Language of the letter
             * @example it
             */
            language?: string;
            /**
             * @description The address
             * @example mario.bianchi@example.org
             */
            value: string;
        };
        AskOwnRight: {
            /**
             * @description An id made by who asks, once for each press: the same is one request
             * @example 018f6e5a-7c1b-7d2e-9f3a-2b4c6d8e0f10
             */
            attempt: string;
            /** @description What is to be put right: needed to ask for that, and for nothing else */
            correction?: components["schemas"]["Correction"];
            /**
             * @description What is asked
             * @example access
             * @enum {string}
             */
            kind: "access" | "rectification" | "restriction" | "objection" | "erasure";
            /**
             * @description Language of the words of what is agreed to
             * @example it
             */
            language?: string;
            /**
             * @description The session
             * @example q1wD0m3yU5nq7bX2c8Zr4tKfJ9sLhV6gPaEoYiRuTxk
             */
            session: string;
        };
        AskPreview: {
            /**
             * Format: uuid
             * @description The case that fills it; absent: an invented one
             */
            case?: string;
            /**
             * @description Channel it would go out on
             * @example email
             */
            channel?: string;
            /**
             * @description Language of words not kept yet
             * @example it
             */
            language?: string;
            /** @description Short words not kept yet */
            shortText?: string;
            /**
             * Format: uuid
             * @description A template that is kept
             */
            template?: string;
            /**
             * @description Words not kept yet
             * @example Gentile {{ contact.name | default: "utente" }}, la pratica {{ case.number }} è conclusa.
             */
            text?: string;
        };
        AskTask: {
            /** @description The body outside that is asked; or else `office` */
            body?: components["schemas"]["OutsideBody"];
            /**
             * @description By when, the last day; absent: as the administration promises
             * @example 2026-12-04
             */
            dueDate?: string;
            /**
             * Format: uuid
             * @description The office asked; or else `body`
             */
            office?: string;
            /**
             * @description What is asked. Whoever is asked reads this and nothing else of the case: name the citizen only if they must know
             * @example La perdita in via Roma 12 è sulla vostra condotta? Quando la riparate?
             */
            question: string;
        };
        AttachCases: {
            /**
             * @description The cases
             * @example [
             *       "0199a3c2-6f10-7c3e-9d52-6a1d2b8e4f70"
             *     ]
             */
            cases: string[];
        };
        AttachmentsCapability: {
            /** @description How many in one message */
            max: number;
            /** @description Largest, in bytes */
            maxBytes: number;
            /** @description Media types accepted, with wildcards */
            mediaTypes: string[];
        };
        AttentionChanged: {
            /**
             * Format: uuid
             * @description The case
             */
            case: string;
            /** @description Whether the citizen is writing at this moment, on a channel that tells */
            citizenWrites: boolean;
            /** @description Who has it before them, the first to come first; nobody any more when empty */
            present: components["schemas"]["AttentionView"][];
        };
        AttentionList: {
            /** @description Whether the citizen is writing at this moment, on a channel that tells */
            citizenWrites: boolean;
            /** @description Who has the case before them, whoever asks included, the first to come first */
            items: components["schemas"]["AttentionView"][];
        };
        AttentionView: {
            /**
             * @description What they do with it
             * @example viewing
             * @enum {string}
             */
            doing: "viewing" | "writing";
            /** @description Who */
            operator: components["schemas"]["OperatorRef"];
            /**
             * Format: date-time
             * @description Since when they do it
             */
            since: string;
        };
        AutomationHit: {
            /** @description The case */
            case: components["schemas"]["CaseRef"];
            /**
             * @description Whether it would act as the case is now
             * @example acts
             * @enum {string}
             */
            verdict: "acts" | "does_not";
        };
        AutomationList: {
            /** @description All of them, by name */
            items: components["schemas"]["AutomationView"][];
        };
        AutomationRef: {
            /**
             * Format: uuid
             * @description Automation
             */
            id: string;
            /**
             * @description Its name
             * @example Parole di pericolo: urgente
             */
            name: string;
        };
        AutomationRunPage: {
            /** @description Runs, the newest first */
            items: components["schemas"]["AutomationRunView"][];
            /** @description What to ask `after` for the next page; absent on the last */
            next?: string;
        };
        AutomationRunView: {
            /**
             * Format: date-time
             * @description When it was set off
             */
            at: string;
            /** @description The automation */
            automation: components["schemas"]["AutomationRef"];
            /** @description The case */
            case: components["schemas"]["CaseRef"];
            /**
             * Format: uuid
             * @description The entry of the journal that set it off, or after which it was quiet
             */
            cause?: string;
            /**
             * @description Why it was refused, or what of it was left out
             * @example no-reply-address: …
             */
            detail?: string;
            /**
             * Format: uuid
             * @description Run: the `cause` in the journal of what it did
             */
            id: string;
            /**
             * @description What became of it
             * @example done
             * @enum {string}
             */
            state: "waiting" | "done" | "skipped" | "refused";
        };
        AutomationSimulation: {
            /**
             * @description On how many it would act
             * @example 12
             */
            acts: number;
            /**
             * @description Cases looked at
             * @example 200
             */
            cases: number;
            /** @description The cases by which it would be set off */
            items: components["schemas"]["AutomationHit"][];
        };
        AutomationView: {
            /** @description What it does, all or nothing */
            actions: components["schemas"]["CaseActions"];
            /**
             * @description How many times it acted
             * @example 12
             */
            done: number;
            /** @description Whether it acts */
            enabled: boolean;
            /**
             * @description Refusals in a row
             * @example 0
             */
            failures: number;
            /**
             * Format: uuid
             * @description Automation
             */
            id: string;
            /** @description What it names of which nothing is in use here any more: it holds for no case that comes in from now on */
            missing: ("category" | "area" | "office")[];
            /**
             * @description Name
             * @example Parole di pericolo: urgente
             */
            name: string;
            /**
             * Format: date-time
             * @description When it was switched off by the system
             */
            offAt?: string;
            /** @description Facts that set it off */
            on: string[];
            /** @description In whose name it writes notes */
            owner: components["schemas"]["OperatorRef"];
            /** @description Hours in which nothing happened in an open case */
            quietHours?: number;
            /** @description Why it was switched off, or was last refused */
            trouble?: string;
            /** @description Its version */
            version: number;
            /** @description What must hold of the case then */
            when: components["schemas"]["AutomationWhen"];
        };
        AutomationWhen: {
            /** @description Accounts */
            account?: string[];
            /** @description Areas of the place */
            area?: string[];
            /** @description Whether a person has it */
            assigned?: boolean;
            /** @description Codes of categories that the citizen chose */
            category?: string[];
            /** @description Channels */
            channel?: string[];
            /**
             * @description Forms
             * @example [
             *       "segnalazione"
             *     ]
             */
            form?: string[];
            /** @description When it came */
            hours?: components["schemas"]["HoursCondition"];
            /**
             * @description Kinds
             * @example [
             *       "report"
             *     ]
             */
            kind?: string[];
            /** @description Whether the person had written before */
            knownContact?: boolean;
            /** @description Languages, BCP 47; `en` holds for all of its regions */
            language?: string[];
            /** @description Ids of offices that hold it */
            office?: string[];
            /** @description Hours since it was opened, at least */
            olderThanHours?: number;
            /** @description Priorities */
            priority?: string[];
            /**
             * @description States
             * @example [
             *       "received"
             *     ]
             */
            state?: string[];
            /** @description Words, whatever their case and accents */
            words?: components["schemas"]["WordsCondition"];
        };
        BeginCitizenLogin: {
            /** @description Id of the administration; absent where there is one alone */
            administration?: string;
            /**
             * @description Which provider
             * @example spid
             */
            provider: string;
        };
        BreakGlass: {
            /**
             * @description The number of the case
             * @example 2026-004217-3
             */
            number: string;
            /**
             * @description Why: in the journal, and in letters to who answers for the case and to who protects data
             * @example Chiama la Procura: serve il recapito di chi ha in carico il minore
             */
            reason: string;
        };
        BulkActionPage: {
            /** @description Bulk actions, the newest first */
            items: components["schemas"]["BulkActionView"][];
            /** @description What to ask `after` for the next page; absent on the last */
            next?: string;
        };
        BulkActionView: {
            /** @description What a macro said when it was prepared */
            actions?: components["schemas"]["CaseActions"];
            /** @description What changes */
            change?: components["schemas"]["ChangeCase"];
            /**
             * Format: date-time
             * @description When it was prepared
             */
            createdAt: string;
            /**
             * @description Of how many it is done
             * @example 137
             */
            done: number;
            /**
             * Format: date-time
             * @description When it ended or was stopped
             */
            endedAt?: string;
            /**
             * Format: uuid
             * @description Bulk action
             */
            id: string;
            /** @description What is asked along the life cycle */
            move?: components["schemas"]["MoveCase"];
            /** @description Who prepared it: in whose name it is done */
            operator: components["schemas"]["OperatorRef"];
            /** @description Before it runs: what would be refused, as far as one can tell. Afterwards: what was */
            refusals: components["schemas"]["BulkRefusals"][];
            /**
             * @description Of how many it was refused
             * @example 3
             */
            refused: number;
            /**
             * Format: date-time
             * @description When it was let run
             */
            startedAt?: string;
            /**
             * @description Where it stands
             * @example running
             * @enum {string}
             */
            state: "previewed" | "running" | "stopped" | "done";
            /**
             * @description How many cases
             * @example 240
             */
            total: number;
            /**
             * @description Of how many it is not yet done
             * @example 100
             */
            waiting: number;
        };
        BulkItemPage: {
            /** @description Cases, in the order in which they are done */
            items: components["schemas"]["BulkItemView"][];
            /** @description What to ask `after` for the next page; absent on the last */
            next?: string;
        };
        BulkItemView: {
            /**
             * Format: uuid
             * @description Case
             */
            case: string;
            /** @description The same in words */
            detail?: string;
            /**
             * @description Its number
             * @example 2026-004217-3
             */
            number: string;
            /**
             * @description Why it would be or was refused: the problem
             * @enum {string}
             */
            problem?: "invalid-input" | "malformed-request" | "not-authenticated" | "step-up-required" | "not-allowed" | "foreign-page" | "not-found" | "version-required" | "version-stale" | "transition-not-allowed" | "kept-by-law" | "retention-under-way" | "office-in-use" | "already-said" | "idempotency-mismatch" | "reply-window-closed" | "channel-cannot" | "no-reply-address" | "text-too-long" | "outcome-required" | "retry-not-allowed" | "cannot-be-withdrawn" | "processing-restricted" | "personal-data" | "login-refused" | "login-too-weak" | "login-not-usable" | "offer-over" | "media-type-not-accepted" | "too-large" | "too-many-requests" | "temporarily-unavailable" | "internal-error";
            /**
             * @description Where it stands
             * @example done
             * @enum {string}
             */
            state: "waiting" | "done" | "refused";
        };
        BulkRefusals: {
            /**
             * @description How many
             * @example 3
             */
            cases: number;
            /** @description Why, of the first of them */
            detail: string;
            /**
             * @description The problem
             * @example transition-not-allowed
             * @enum {string}
             */
            problem: "invalid-input" | "malformed-request" | "not-authenticated" | "step-up-required" | "not-allowed" | "foreign-page" | "not-found" | "version-required" | "version-stale" | "transition-not-allowed" | "kept-by-law" | "retention-under-way" | "office-in-use" | "already-said" | "idempotency-mismatch" | "reply-window-closed" | "channel-cannot" | "no-reply-address" | "text-too-long" | "outcome-required" | "retry-not-allowed" | "cannot-be-withdrawn" | "processing-restricted" | "personal-data" | "login-refused" | "login-too-weak" | "login-not-usable" | "offer-over" | "media-type-not-accepted" | "too-large" | "too-many-requests" | "temporarily-unavailable" | "internal-error";
        };
        CalendarPartView: {
            /** @description Where the invitation is */
            href: string;
            /** @description REQUEST, REPLY, CANCEL … (RFC 5546) */
            method: string;
            /** @description When it starts, as the invitation says */
            startsAt?: string;
            /** @description Title of the event */
            summary: string;
            /**
             * @description Part
             * @enum {string}
             */
            type: "calendar";
        };
        CallPart: {
            /**
             * Format: date-time
             * @description When somebody answered
             */
            answeredAt?: string;
            /** @description Who answered */
            answeredBy?: string;
            /**
             * Format: date-time
             * @description When it rang
             */
            arrivedAt: string;
            /**
             * @description Who called whom
             * @enum {string}
             */
            direction: "in" | "out";
            /**
             * Format: date-time
             * @description When it ended
             */
            endedAt?: string;
            /**
             * @description How it ended
             * @enum {string}
             */
            ending?: "completed" | "abandoned" | "voicemail" | "callback" | "busy" | "no_answer" | "failed" | "closed_hours";
            /**
             * Format: date-time
             * @description When it entered the queue
             */
            queuedAt?: string;
            /** @description The road through the flow */
            steps: components["schemas"]["CallStep"][];
            /** @description Words transcribed, when transcription is on */
            transcription?: string;
            /**
             * @description Part
             * @enum {string}
             */
            type: "call";
        };
        CallStep: {
            /**
             * Format: date-time
             * @description When it was reached
             */
            at: string;
            /** @description Key pressed or word recognised */
            choice?: string;
            /** @description Step of the flow */
            step: string;
        };
        Capabilities: {
            /** @description A new matter is acknowledged here, once, with its number */
            acknowledge?: boolean;
            /** @description Kinds of address that a message can be started to */
            addressKinds?: string[];
            /** @description Files */
            attachments?: components["schemas"]["AttachmentsCapability"];
            /** @description Answers to choose from */
            choices?: components["schemas"]["ChoicesCapability"];
            /**
             * @description How conversations are told apart: one for a person, or one a thread
             * @enum {string}
             */
            conversations?: "person" | "thread";
            /** @description Can call a person */
            dial?: boolean;
            /** @description Rich text */
            html?: boolean;
            /** @description The administration can write first */
            initiate?: boolean;
            /** @description Places */
            location?: boolean;
            /** @description Kinds of address that are numbers of the provider: nobody is called by them */
            opaqueAddressKinds?: string[];
            /** @description What is written may be public */
            public?: boolean;
            /** @description What it tells of a sent message */
            receipts?: components["schemas"]["ReceiptsCapability"];
            /** @description A reply can be sent */
            reply?: boolean;
            /** @description When a free reply is accepted */
            replyWindow?: components["schemas"]["ReplyWindowCapability"];
            /** @description Has a title */
            subject?: boolean;
            /** @description Texts approved beforehand */
            templates?: boolean;
            /** @description Words */
            text?: components["schemas"]["TextCapability"];
        };
        CardPart: {
            /** @description E-mail addresses */
            emails: string[];
            /** @description Name */
            name: string;
            /** @description Telephone numbers */
            phones: string[];
            /**
             * @description Part
             * @enum {string}
             */
            type: "card";
        };
        CaseActions: {
            /**
             * @description What changes
             * @example {
             *       "priority": "high"
             *     }
             */
            change?: components["schemas"]["ChangeCase"];
            /** @description A step along the life cycle, last of all */
            move?: components["schemas"]["MoveCase"];
            /**
             * @description A note for colleagues
             * @example Verificare domattina.
             */
            note?: string;
            /** @description Tags put on it */
            tags?: string[];
            /** @description A question to another office or body */
            task?: components["schemas"]["AskTask"];
            /**
             * Format: uuid
             * @description A template of ours, filled from the case and sent to the citizen
             */
            textTemplate?: string;
            /** @description Tags taken off it */
            untags?: string[];
        };
        CaseChanged: {
            /**
             * Format: uuid
             * @description Administration
             */
            administration: string;
            /**
             * Format: date-time
             * @description When
             */
            at: string;
            /**
             * Format: uuid
             * @description Case
             */
            case: string;
            /**
             * @description What happened
             * @enum {string}
             */
            fact: "opened" | "triaged" | "assigned" | "reassigned" | "taken_in_charge" | "competence_refused" | "scheduled" | "paused" | "suspended" | "resumed" | "extended" | "interrupted" | "resolved" | "closed" | "rejected" | "marked_duplicate" | "withdrawn" | "reopened" | "priority_changed" | "category_changed" | "kind_changed" | "message_received" | "reply_queued" | "reply_withdrawn" | "note_added" | "delivery_failed" | "call_recorded" | "letter_queued" | "letter_delayed" | "office_answered" | "answer_set_aside" | "asked" | "task_answered" | "task_refused" | "task_extended" | "task_cancelled" | "deadline_warned" | "deadline_breached" | "deadline_recounted" | "reminded" | "escalated" | "chased" | "erased" | "linked" | "unlinked" | "merged" | "merged_into" | "unmerged" | "split" | "split_from" | "attached" | "detached" | "members_attached" | "members_detached" | "announced" | "located" | "tagged" | "untagged" | "fields_changed" | "substituted" | "confidentiality_changed" | "glass_broken";
            /**
             * Format: uuid
             * @description Journal entry
             */
            id: string;
            /**
             * Format: uuid
             * @description The message that it is about
             */
            message?: string;
            /** @description Version of the case after it */
            version: number;
        };
        CaseConversation: {
            /**
             * @description Account of the channel
             * @example urp@comune.example
             */
            account: string;
            /** @description Where an answer goes */
            address: components["schemas"]["Address"];
            /**
             * @description Why not: the name of the problem
             * @example reply-window-closed
             */
            because?: string;
            /**
             * @description Channel
             * @example email
             */
            channel: string;
            /**
             * Format: uuid
             * @description Conversation
             */
            id: string;
            /** @description Where the reply goes instead, at an address the citizen gave */
            instead?: components["schemas"]["AnsweredElsewhere"];
            /** @description Said among offices: the citizen neither sees it nor is answered there */
            internal?: boolean;
            /**
             * Format: date-time
             * @description The citizen's last message
             */
            lastInboundAt?: string;
            /** @description Whether a free reply is accepted now */
            mayReply: boolean;
            /**
             * Format: date-time
             * @description Until when a free reply is accepted, where that ends
             */
            replyUntil?: string;
        };
        CaseCount: {
            /**
             * @description How many
             * @example 12
             */
            cases: number;
            /** @description Office; absent: nobody was chosen yet */
            office?: components["schemas"]["OfficeRef"];
            /**
             * @description State
             * @example assigned
             * @enum {string}
             */
            state: "received" | "triage" | "assigned" | "in_charge" | "scheduled" | "waiting_citizen" | "waiting_third" | "suspended" | "resolved" | "closed" | "rejected" | "duplicate" | "withdrawn";
        };
        CaseCounts: {
            /** @description For each office and state */
            items: components["schemas"]["CaseCount"][];
        };
        CaseFeature: {
            /** @description Where */
            geometry: components["schemas"]["PointGeometry"];
            /**
             * Format: uuid
             * @description Case
             */
            id: string;
            /** @description What is told of it */
            properties: components["schemas"]["CaseOnMap"];
            /**
             * @description What it is
             * @enum {string}
             */
            type: "Feature";
        };
        CaseFeatures: {
            /** @description Cases */
            features: components["schemas"]["CaseFeature"][];
            /** @description What to ask `after` for the next page; absent on the last */
            next?: string;
            /**
             * @description What it is
             * @enum {string}
             */
            type: "FeatureCollection";
        };
        CaseFieldView: {
            /** @description The citizen sees it */
            citizen: boolean;
            /**
             * @description Code
             * @example tipo_lampada
             */
            code: string;
            /**
             * @description `value`: a text, a number, true or false, or a list of codes
             * @example {
             *       "value": "led"
             *     }
             */
            held: {
                [key: string]: unknown;
            };
            /**
             * @description As people see it (Italian)
             * @example Tipo di lampada
             */
            label: string;
            /**
             * Format: uuid
             * @description The version of the fields it was written under
             */
            schema: string;
            /**
             * @description The same in words (Italian)
             * @example LED
             */
            shown: string;
            /**
             * @description What it holds
             * @example choice
             * @enum {string}
             */
            type: "text" | "number" | "date" | "choice" | "choices" | "yes_no";
        };
        CaseFilter: {
            /**
             * Format: uuid
             * @description Area that its place is in
             */
            area?: string;
            /** @description Only those assigned to who asks */
            assignedToMe?: boolean;
            /**
             * Format: uuid
             * @description Operator it is assigned to
             */
            assignee?: string;
            /**
             * Format: uuid
             * @description Category
             */
            category?: string;
            /**
             * @description Channel it was opened on
             * @example email
             */
            channel?: string;
            /** @description Only the confidential ones, or only the others */
            confidential?: boolean;
            /**
             * Format: uuid
             * @description Contact
             */
            contact?: string;
            /**
             * Format: date-time
             * @description With a term that ends before this instant
             */
            dueBefore?: string;
            /**
             * @description Code of a field of the category, which holds `fieldValue`, or anything
             * @example tipo_lampada
             */
            field?: string;
            /**
             * @description What the field holds: a text, a number, a date, `true` or `false`, or one of its choices
             * @example led
             */
            fieldValue?: string;
            /** @description Only those that who asks follows */
            followedByMe?: boolean;
            /**
             * @description Kind
             * @enum {string}
             */
            kind?: "information" | "assistance" | "report" | "accessibility_report" | "complaint" | "suggestion" | "praise" | "proceeding" | "document_access" | "civic_access" | "foia" | "data_subject_request" | "improvement_proposal";
            /** @description Only those of which a term has expired, or only those of which none has */
            late?: boolean;
            /**
             * @description Number of the case
             * @example 2026-004217-3
             */
            number?: string;
            /**
             * Format: uuid
             * @description Office that answers
             */
            office?: string;
            /** @description Only those of the office of who asks */
            ofMyOffice?: boolean;
            /** @description Only the open ones, or only the ended ones */
            open?: boolean;
            /**
             * Format: date-time
             * @description Opened before this instant
             */
            openedBefore?: string;
            /**
             * Format: date-time
             * @description Opened at this instant or later
             */
            openedFrom?: string;
            /**
             * @description Priority
             * @enum {string}
             */
            priority?: "low" | "normal" | "high" | "urgent";
            /**
             * @description State
             * @example assigned
             * @enum {string}
             */
            state?: "received" | "triage" | "assigned" | "in_charge" | "scheduled" | "waiting_citizen" | "waiting_third" | "suspended" | "resolved" | "closed" | "rejected" | "duplicate" | "withdrawn";
            /**
             * Format: uuid
             * @description Tag
             */
            tag?: string;
            /**
             * @description Words of its title, of what was said or of who said it, or part of a name, address or number
             * @example lampione "via Roma"
             */
            text?: string;
            /** @description Only those that are assigned to nobody, or only those that are */
            unassigned?: boolean;
        };
        CaseOnMap: {
            /** @description Area */
            area?: components["schemas"]["AreaRef"];
            /** @description Category */
            category?: components["schemas"]["CategoryRef"];
            /**
             * @description Metres from the point that was asked for
             * @example 42
             */
            distance?: number;
            /**
             * Format: date-time
             * @description When it ended
             */
            endedAt?: string;
            /**
             * @description Kind
             * @example report
             * @enum {string}
             */
            kind: "information" | "assistance" | "report" | "accessibility_report" | "complaint" | "suggestion" | "praise" | "proceeding" | "document_access" | "civic_access" | "foia" | "data_subject_request" | "improvement_proposal";
            /**
             * @description Number of the case
             * @example 2026-004217-3
             */
            number: string;
            /** @description Office that answers for it */
            office?: components["schemas"]["OfficeRef"];
            /**
             * Format: date-time
             * @description When it was opened
             */
            openedAt: string;
            /**
             * @description Priority
             * @example normal
             * @enum {string}
             */
            priority: "low" | "normal" | "high" | "urgent";
            /**
             * @description State
             * @example assigned
             * @enum {string}
             */
            state: "received" | "triage" | "assigned" | "in_charge" | "scheduled" | "waiting_citizen" | "waiting_third" | "suspended" | "resolved" | "closed" | "rejected" | "duplicate" | "withdrawn";
        };
        CasePage: {
            /** @description Cases */
            items: components["schemas"]["CaseSummary"][];
            /** @description What to ask `after` for the next page; absent on the last */
            next?: string;
        };
        CaseRef: {
            /**
             * Format: uuid
             * @description Case
             */
            id: string;
            /**
             * @description Its number
             * @example 2026-004217-3
             */
            number: string;
        };
        CaseRelation: {
            /**
             * Format: date-time
             * @description Since when, where that is known
             */
            at?: string;
            /** @description The other case */
            case: components["schemas"]["RelatedCase"];
            /**
             * @description What the other is to this one
             * @example related
             * @enum {string}
             */
            kind: "related" | "duplicate" | "duplicate_of" | "merged" | "merged_into" | "follow_up" | "follow_up_of" | "split_off" | "split_from" | "incident_head" | "incident_member";
            /**
             * Format: uuid
             * @description The merge: what undoes it
             */
            merge?: string;
            /**
             * Format: date-time
             * @description Until when the merge can be undone
             */
            undoUntil?: string;
        };
        CaseRelationList: {
            /** @description Every case that stands in relation to it */
            items: components["schemas"]["CaseRelation"][];
        };
        CaseSummary: {
            /** @description Operator it is assigned to */
            assignee?: components["schemas"]["OperatorRef"];
            /** @description Category */
            category?: components["schemas"]["CategoryRef"];
            /**
             * @description Channel it was opened on; absent when by hand
             * @example email
             */
            channel?: string;
            /** @description Whose it is */
            contact?: components["schemas"]["ContactRef"];
            /**
             * @description By when
             * @example 2026-04-09
             */
            dueDate?: string;
            /**
             * Format: date-time
             * @description When it ended
             */
            endedAt?: string;
            /**
             * Format: uuid
             * @description Case
             */
            id: string;
            /**
             * @description Kind
             * @example report
             * @enum {string}
             */
            kind: "information" | "assistance" | "report" | "accessibility_report" | "complaint" | "suggestion" | "praise" | "proceeding" | "document_access" | "civic_access" | "foia" | "data_subject_request" | "improvement_proposal";
            /**
             * Format: date-time
             * @description When something was last said
             */
            lastMessageAt?: string;
            /**
             * Format: date-time
             * @description The nearest of its terms that run
             */
            nextDueAt?: string;
            /**
             * @description Its number
             * @example 2026-004217-3
             */
            number: string;
            /** @description Office that answers for it */
            office?: components["schemas"]["OfficeRef"];
            /**
             * Format: date-time
             * @description When it was opened
             */
            openedAt: string;
            /**
             * @description Priority
             * @example normal
             * @enum {string}
             */
            priority: "low" | "normal" | "high" | "urgent";
            /**
             * @description State
             * @example assigned
             * @enum {string}
             */
            state: "received" | "triage" | "assigned" | "in_charge" | "scheduled" | "waiting_citizen" | "waiting_third" | "suspended" | "resolved" | "closed" | "rejected" | "duplicate" | "withdrawn";
            /**
             * @description What it is about, in one line
             * @example Lampione spento in via Roma
             */
            subject: string;
            /**
             * @description Version: its ETag, between quotes
             * @example 3
             */
            version: number;
        };
        CaseView: {
            /** @description Account of the channel it was opened on */
            account?: string;
            /** @description Operator it is assigned to */
            assignee?: components["schemas"]["OperatorRef"];
            /** @description Category */
            category?: components["schemas"]["CategoryRef"];
            /**
             * @description Channel it was opened on; absent when by hand
             * @example email
             */
            channel?: string;
            /**
             * Format: date-time
             * @description When they last did
             */
            chasedAt?: string;
            /**
             * @description How many times the citizen asked again
             * @example 0
             */
            chases: number;
            /**
             * @description The commands of the life cycle that its state accepts
             * @example [
             *       "takeCharge",
             *       "assign"
             *     ]
             */
            commands: string[];
            /**
             * @description Code of the level that says who may know of it; absent: it is not confidential
             * @example minors
             */
            confidentiality?: string;
            /** @description Whose it is */
            contact?: components["schemas"]["ContactRef"];
            /** @description Its conversations, and where an answer can go */
            conversations: components["schemas"]["CaseConversation"][];
            /** @description What is promised, and where each promise stands */
            deadlines: components["schemas"]["DeadlineView"][];
            /**
             * @description By when
             * @example 2026-04-09
             */
            dueDate?: string;
            /**
             * Format: uuid
             * @description The leading case, when this is a duplicate
             */
            duplicateOf?: string;
            /**
             * Format: date-time
             * @description When it ended
             */
            endedAt?: string;
            /** @description What it holds in the fields of its category */
            fields: components["schemas"]["CaseFieldView"][];
            /** @description Who follows it, by name */
            followers: components["schemas"]["OperatorRef"][];
            /**
             * Format: uuid
             * @description The ended case that this one follows up
             */
            followUpOf?: string;
            /** @description Who holds it now, since when, until when */
            holding: components["schemas"]["HoldingView"];
            /**
             * Format: uuid
             * @description Case
             */
            id: string;
            /**
             * @description Kind
             * @example report
             * @enum {string}
             */
            kind: "information" | "assistance" | "report" | "accessibility_report" | "complaint" | "suggestion" | "praise" | "proceeding" | "document_access" | "civic_access" | "foia" | "data_subject_request" | "improvement_proposal";
            /**
             * Format: date-time
             * @description When something was last said
             */
            lastMessageAt?: string;
            /**
             * Format: uuid
             * @description The case that took in everything said here: one goes on there
             */
            mergedInto?: string;
            /**
             * Format: date-time
             * @description The nearest of its terms that run
             */
            nextDueAt?: string;
            /**
             * @description Its number
             * @example 2026-004217-3
             */
            number: string;
            /** @description Office that answers for it */
            office?: components["schemas"]["OfficeRef"];
            /**
             * Format: date-time
             * @description When it was opened
             */
            openedAt: string;
            /**
             * @description Outcome
             * @enum {string}
             */
            outcome?: "positive" | "partial" | "negative" | "not_applicable";
            /** @description Why this outcome */
            outcomeReason?: string;
            /** @description Where it is, as far as it was said */
            place?: components["schemas"]["PlaceView"];
            /** @description When work is planned */
            plannedDate?: string;
            /**
             * @description Priority
             * @example normal
             * @enum {string}
             */
            priority: "low" | "normal" | "high" | "urgent";
            /**
             * @description How many times an office said it was not theirs
             * @example 0
             */
            refusals: number;
            /**
             * @description State
             * @example assigned
             * @enum {string}
             */
            state: "received" | "triage" | "assigned" | "in_charge" | "scheduled" | "waiting_citizen" | "waiting_third" | "suspended" | "resolved" | "closed" | "rejected" | "duplicate" | "withdrawn";
            /**
             * @description What it is about, in one line
             * @example Lampione spento in via Roma
             */
            subject: string;
            /** @description Its tags, by label */
            tags: components["schemas"]["TagRef"][];
            /**
             * Format: date-time
             * @description When the office that holds it accepted it
             */
            takenInChargeAt?: string;
            /** @description Questions put to other offices and bodies, oldest first */
            tasks: components["schemas"]["TaskView"][];
            /** @description Everything that happened, oldest first */
            timeline: components["schemas"]["TimelineEntry"][];
            /**
             * Format: date-time
             * @description When it last changed
             */
            updatedAt: string;
            /**
             * @description Version: its ETag, between quotes
             * @example 3
             */
            version: number;
        };
        CategoryFields: {
            /**
             * Format: date-time
             * @description When it was written
             */
            createdAt?: string;
            /** @description In their order */
            fields: components["schemas"]["FieldSchema"][];
            /**
             * @description Version; 0: none was ever written
             * @example 2
             */
            version: number;
        };
        CategoryList: {
            /** @description Categories, by label */
            items: components["schemas"]["CategoryView"][];
        };
        CategoryRef: {
            /**
             * @description Code
             * @example strade
             */
            code: string;
            /**
             * Format: uuid
             * @description Category
             */
            id: string;
            /**
             * @description As people see it (Italian)
             * @example Strade e marciapiedi
             */
            label: string;
        };
        CategoryView: {
            /** @description Whether it takes new cases; one that is closed stays with those that have it */
            active: boolean;
            /**
             * @description Code
             * @example strade
             */
            code: string;
            /** @description Code of the level of who may know of its cases */
            confidentiality?: string;
            /**
             * Format: uuid
             * @description Category
             */
            id: string;
            /**
             * @description Kind its cases usually are
             * @example report
             * @enum {string}
             */
            kind: "information" | "assistance" | "report" | "accessibility_report" | "complaint" | "suggestion" | "praise" | "proceeding" | "document_access" | "civic_access" | "foia" | "data_subject_request" | "improvement_proposal";
            /**
             * @description As people see it (Italian)
             * @example Strade e marciapiedi
             */
            label: string;
            /** @description Office that usually answers */
            office?: components["schemas"]["OfficeRef"];
            /** @description Topic that statistics count it under */
            topic?: components["schemas"]["TopicRef"];
            /** @description Its version */
            version: number;
        };
        ChangeArea: {
            /** @description Its border */
            geometry?: components["schemas"]["PolygonGeometry"];
            /**
             * @description Its name
             * @example Centro storico
             */
            name?: string;
        };
        ChangeCase: {
            /**
             * Format: uuid
             * @description Operator it is assigned to
             */
            assignee?: string;
            /**
             * Format: uuid
             * @description Category
             */
            category?: string;
            /**
             * @description Fields of the category, by code; null takes a value away
             * @example {
             *       "tipo_lampada": "led"
             *     }
             */
            fields?: {
                [key: string]: unknown;
            };
            /**
             * @description Kind
             * @enum {string}
             */
            kind?: "information" | "assistance" | "report" | "accessibility_report" | "complaint" | "suggestion" | "praise" | "proceeding" | "document_access" | "civic_access" | "foia" | "data_subject_request" | "improvement_proposal";
            /**
             * Format: uuid
             * @description Office that answers
             */
            office?: string;
            /**
             * @description Priority
             * @example high
             * @enum {string}
             */
            priority?: "low" | "normal" | "high" | "urgent";
            /**
             * @description Why
             * @example Pericolo per i pedoni
             */
            reason?: string;
        };
        ChangePresence: {
            /** @description Channels they answer now; absent: all */
            channels?: string[];
            /**
             * @description Where they are
             * @example available
             * @enum {string}
             */
            status: "available" | "busy" | "away" | "offline";
        };
        ChangeRole: {
            /**
             * @description What it may do
             * @example [
             *       "case.read",
             *       "case.work",
             *       "work.take"
             *     ]
             */
            permissions: ("case.read" | "case.work" | "case.bulk" | "case.confidential" | "case.break-glass" | "work.take" | "work.direct" | "share" | "tag.write" | "area.write" | "template.write" | "automation.write" | "settings.write" | "policy.write" | "parked.settle" | "report.read" | "trail.read" | "organisation.write" | "role.write" | "privacy.read" | "privacy.work" | "privacy.decide" | "privacy.erase" | "retention.write")[];
            /**
             * @description Whose cases it sees: all, those that concern the offices one is a member of and those below, or those of offices whose staff is of one’s supplier; absent: as before
             * @example offices
             * @enum {string}
             */
            reach?: "administration" | "offices" | "supplier";
            /** @description Of which level the offices are at most; absent: of every level. Said together with the reach */
            upToTier?: number;
        };
        ChangeSettings: {
            /**
             * @description For how many minutes a case stays open to who opened it in an emergency
             * @example 60
             */
            breakGlassMinutes?: number;
            /**
             * Format: uuid
             * @description Operator who protects data
             */
            dataProtectionOfficer?: string;
            /**
             * @description After how many days without being seen somebody counts as dormant
             * @example 30
             */
            dormantDays?: number;
            /** @description Whether people are known by a verified address when nobody linked them; only an administrator decides it */
            linkByEmail?: boolean;
            /**
             * @description For how many days after its end a case can be opened again
             * @example 30
             */
            reopenDays?: number;
            /**
             * @description For how many hours a merge of cases can be undone
             * @example 72
             */
            undoMergeHours?: number;
            /**
             * @description Day of the weekly letter: 1 Monday to 7 Sunday; 0: never
             * @example 1
             */
            weeklyLetterDay?: number;
            /**
             * @description Hour of the weekly letter
             * @example 8
             */
            weeklyLetterHour?: number;
        };
        ChangeTag: {
            /**
             * @description As people see it (Italian)
             * @example Alluvione 2026
             */
            label?: string;
            /** @description No longer offered */
            retired?: boolean;
        };
        ChangeTemplate: {
            /** @description Name, as operators see it (Italian) */
            name?: string;
            /**
             * @description No longer offered nor used
             * @example true
             */
            retired?: boolean;
            /** @description The words where the channel takes few, and of a notice where people talk; empty: none */
            shortText?: string;
            /**
             * @description The words, in Liquid
             * @example Gentile {{ contact.name | default: "utente" }}, la pratica {{ case.number }} è conclusa.
             */
            text?: string;
        };
        ChangeView: {
            /**
             * @description Which cases it shows
             * @example {
             *       "open": true
             *     }
             */
            filter?: components["schemas"]["CaseFilter"];
            /**
             * @description Name
             * @example Urgenti senza assegnatario
             */
            name?: string;
            /**
             * @description Its place in the list of its owner
             * @example 1
             */
            position?: number;
            /**
             * @description With whom it is shared
             * @example administration
             * @enum {string}
             */
            sharedWith?: "nobody" | "office" | "administration";
        };
        ChannelList: {
            /** @description Channels, by id */
            items: components["schemas"]["ChannelView"][];
        };
        ChannelManifest: {
            /** @description What it can do */
            capabilities: components["schemas"]["Capabilities"];
            /** @description Its id: its folder name */
            id: string;
            /** @description Its name, as people see it (Italian) */
            name: string;
        };
        ChannelView: {
            /** @description Accounts it serves */
            accounts: string[];
            /** @description Where the accounts themselves are reached: never answered by machine, or the house would talk to itself */
            addresses?: components["schemas"]["Alias"][];
            /**
             * Format: date-time
             * @description When it last heard from the provider: a socket that is open proves nothing
             */
            lastHeardAt?: string;
            /** @description Manifest */
            manifest: components["schemas"]["ChannelManifest"];
            /** @description Whether its process said lately that it runs */
            running: boolean;
            /**
             * Format: date-time
             * @description When its process last said it runs
             */
            seenAt: string;
            /** @description What keeps it from working, when something does */
            trouble?: string;
        };
        ChannelWeight: {
            /** @description Channel */
            channel: string;
            /** @description Whoever has one is given nothing else meanwhile */
            exclusive: boolean;
            /** @description Whoever has one may be given something exclusive meanwhile */
            interruptible: boolean;
            /** @description Somebody waits at the other end: it does not stay with an operator who is gone */
            live: boolean;
            /** @description Most that one operator has at once */
            maxAtOnce?: number;
            /**
             * @description How much of the capacity
             * @example 20
             */
            weight: number;
        };
        ChannelWeights: {
            /**
             * @description All that differ from the usual weight of 10
             * @example [
             *       {
             *         "channel": "canale",
             *         "weight": 20,
             *         "live": true,
             *         "exclusive": false,
             *         "interruptible": true
             *       }
             *     ]
             */
            items: components["schemas"]["ChannelWeight"][];
        };
        ChannelWeightsView: {
            /**
             * @description All that differ from the usual weight of 10
             * @example [
             *       {
             *         "channel": "canale",
             *         "weight": 20,
             *         "live": true,
             *         "exclusive": false,
             *         "interruptible": true
             *       }
             *     ]
             */
            items: components["schemas"]["ChannelWeight"][];
            /**
             * @description Version; 0: nothing was decided yet
             * @example 1
             */
            version: number;
        };
        CheckConnections: {
            /**
             * @description One account; all those of the administration unless told
             * @example urp
             */
            account?: string;
        };
        ChoicePart: {
            /** @description More words */
            description?: string;
            /** @description The choice, as it was offered */
            id: string;
            /** @description Its words */
            title: string;
            /**
             * @description Part
             * @enum {string}
             */
            type: "choice";
        };
        ChoicesCapability: {
            /** @description Longest id of one, in characters */
            idMaxLength: number;
            /** @description How many under one question */
            max: number;
            /** @description Longest question above them, in characters; absent: as any text */
            textMaxLength?: number;
            /** @description Longest words of one, in characters */
            titleMaxLength: number;
        };
        ChosenCount: {
            /**
             * @description How often
             * @example 12
             */
            count: number;
            /**
             * @description What
             * @example clear_indications
             */
            what: string;
        };
        CitizenLoginBegun: {
            /**
             * @description Where the browser is sent
             * @example https://id.example.org/authorize?request=…
             */
            location: string;
            /** @description What the same browser brings back: its cookie */
            login: string;
            /**
             * Format: date-time
             * @description Until when
             */
            until: string;
        };
        CitizenProviderList: {
            /** @description In the order of the settings */
            items: components["schemas"]["CitizenProviderView"][];
        };
        CitizenProviderView: {
            /**
             * @description Its name in what is asked
             * @example spid
             */
            code: string;
            /**
             * @description Which button it has
             * @example spid
             * @enum {string}
             */
            kind: "spid" | "cie" | "other";
            /**
             * @description How citizens call it
             * @example SPID
             */
            name: string;
        };
        ClaimedCase: {
            /**
             * @description How sure it is who they are
             * @example 3
             */
            assuranceLevel: number;
            /**
             * Format: date-time
             * @description When
             */
            at: string;
            /** @description The case */
            case: components["schemas"]["CaseRef"];
            /**
             * @description Who logged in, as the provider says it
             * @example Mario Bianchi
             */
            name: string;
        };
        ClaimOwnCase: {
            /**
             * @description The code of the case
             * @example K7QF2M9X4DTC8RWE
             */
            code: string;
            /**
             * @description Language of the words of what is agreed to
             * @example it
             */
            language?: string;
            /**
             * @description The session
             * @example q1wD0m3yU5nq7bX2c8Zr4tKfJ9sLhV6gPaEoYiRuTxk
             */
            session: string;
        };
        ClockView: {
            /**
             * Format: date-time
             * @description What time it is now
             */
            now: string;
        };
        ClosureView: {
            /**
             * @description First day
             * @example 2026-08-14
             */
            from: string;
            /**
             * Format: uuid
             * @description Closure
             */
            id: string;
            /**
             * @description Why, as citizens may read it
             * @example Chiusura estiva
             */
            reason: string;
            /**
             * @description Last day
             * @example 2026-08-16
             */
            to: string;
        };
        ConditionsView: {
            /** @description Accounts */
            account?: string[];
            /** @description Areas of the place */
            area?: string[];
            /** @description Codes of categories that the citizen chose */
            category?: string[];
            /** @description Channels */
            channel?: string[];
            /**
             * @description Forms
             * @example [
             *       "segnalazione"
             *     ]
             */
            form?: string[];
            /** @description When it came */
            hours?: components["schemas"]["HoursCondition"];
            /**
             * @description Kinds
             * @example [
             *       "report"
             *     ]
             */
            kind?: string[];
            /** @description Whether the person had written before */
            knownContact?: boolean;
            /** @description Languages, BCP 47; `en` holds for all of its regions */
            language?: string[];
            /** @description Words, whatever their case and accents */
            words?: components["schemas"]["WordsCondition"];
        };
        ConnectionCheck: {
            /** @description Account */
            account: string;
            /** @description What the other side said of itself, or why not, in its own words; never a secret */
            detail?: string;
            /**
             * @description What came of asking
             * @example works
             * @enum {string}
             */
            result: "works" | "unauthorized" | "not_found" | "unreachable" | "silent" | "not_linked" | "refused" | "failed" | "not_asked";
            /**
             * @description Which side of its connection
             * @example sending
             * @enum {string}
             */
            side: "account" | "receiving" | "sending" | "device" | "storage" | "scanner";
            /** @description Milliseconds that it took */
            tookMs: number;
        };
        ConnectionReport: {
            /**
             * Format: date-time
             * @description When the other sides were asked
             */
            checkedAt: string;
            /** @description One for each side of each account */
            items: components["schemas"]["ConnectionCheck"][];
        };
        ConsentEntryView: {
            /**
             * @description What happened
             * @example given
             * @enum {string}
             */
            act: "asked" | "given" | "refused" | "withdrawn";
            /** @description The kind of address it is about; absent: any */
            addressKind?: string;
            /**
             * Format: date-time
             * @description When
             */
            at: string;
            /** @description Who said it, or wrote it down */
            by: components["schemas"]["ActorView"];
            /**
             * Format: uuid
             * @description The case it was said in
             */
            case?: string;
            /** @description The paper that proves it, as the office files it */
            document?: string;
            /**
             * @description How it was said
             * @example message
             * @enum {string}
             */
            how: "message" | "form" | "call" | "desk" | "page";
            /**
             * Format: uuid
             * @description Entry
             */
            id: string;
            /**
             * @description Language of the words
             * @example it
             */
            language: string;
            /**
             * Format: uuid
             * @description The message or call that proves it
             */
            message?: string;
            /** @description Whether a channel, or a person at the desk, proved who said it */
            proven: boolean;
            /**
             * @description Purpose
             * @example newsletter
             */
            purpose: string;
            /**
             * Format: uuid
             * @description The question it answers
             */
            question?: string;
            /** @description Version of the words */
            textVersion: number;
        };
        ConsentView: {
            /** @description The kind of address it is about; absent: any */
            addressKind?: string;
            /**
             * @description Purpose
             * @example newsletter
             */
            purpose: string;
            /**
             * Format: date-time
             * @description Since when
             */
            since?: string;
            /**
             * @description Where it stands
             * @example given
             * @enum {string}
             */
            state: "none" | "asked" | "given" | "refused" | "withdrawn";
            /** @description Version of the words it was given to */
            textVersion?: number;
        };
        ContactAddressView: {
            /** @description The name the person shows */
            displayName?: string;
            /**
             * @description What sort of address it is
             * @example email
             */
            kind: string;
            /**
             * Format: date-time
             * @description Since when nothing reaches it
             */
            undeliverableAt?: string;
            /**
             * @description The address
             * @example mario.bianchi@example.org
             */
            value: string;
            /** @description Whether a channel proved that the person holds it */
            verified: boolean;
        };
        ContactByHand: {
            /**
             * @description Where they can be reached
             * @example [
             *       {
             *         "kind": "email",
             *         "value": "mario.bianchi@example.org"
             *       }
             *     ]
             */
            addresses?: components["schemas"]["Address"][];
            /**
             * @description Name
             * @example Mario Bianchi
             */
            name?: string;
        };
        ContactConsents: {
            /** @description The ledger, oldest first */
            entries: components["schemas"]["ConsentEntryView"][];
            /** @description Where each purpose in use stands */
            items: components["schemas"]["ConsentView"][];
        };
        ContactIdentifications: {
            /**
             * @description 0: nobody knows · 2: a document was looked at · 3, 4: they logged in by SPID or CIE
             * @example 2
             */
            assuranceLevel: number;
            /** @description Cases of the contact that somebody who logged in showed to be theirs, the latest first */
            claims: components["schemas"]["ClaimedCase"][];
            /** @description The identifications, the latest first */
            items: components["schemas"]["ContactIdentificationView"][];
        };
        ContactIdentificationView: {
            /** @description The address that is theirs alone */
            address?: components["schemas"]["IdentifiedAddress"];
            /**
             * Format: date-time
             * @description When
             */
            at: string;
            /** @description Whether they are known when they log in */
            byLogin: boolean;
            /**
             * @description The document
             * @enum {string}
             */
            documentKind?: "identity_card" | "passport" | "driving_licence" | "residence_permit" | "other_document";
            /**
             * @description How it is certain
             * @enum {string}
             */
            how: "document" | "strong_login";
            /**
             * Format: uuid
             * @description Identification
             */
            id: string;
            /** @description Who wrote it down */
            operator: components["schemas"]["OperatorRef"];
            /**
             * Format: date-time
             * @description When it was taken back
             */
            withdrawnAt?: string;
            /** @description Why */
            withdrawnReason?: string;
        };
        ContactPage: {
            /** @description Contacts, by when we came to know them, the newest first */
            items: components["schemas"]["ContactView"][];
            /** @description What to ask `after` for the next page; absent on the last */
            next?: string;
        };
        ContactRef: {
            /**
             * @description Where they are reached, or what they call themselves there; only when no name is known
             * @example +393471000002
             */
            address?: string;
            /**
             * @description What sort of address that is; absent when it is what they call themselves there
             * @example phone
             */
            addressKind?: string;
            /**
             * Format: uuid
             * @description Contact
             */
            id: string;
            /**
             * @description Name, when known
             * @example Mario Bianchi
             */
            name?: string;
        };
        ContactView: {
            /** @description Where they can be reached */
            addresses: components["schemas"]["ContactAddressView"][];
            /**
             * Format: date-time
             * @description Since when we know them
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description Since when nothing of them is kept any more
             */
            erasedAt?: string;
            /**
             * Format: uuid
             * @description Contact
             */
            id: string;
            /**
             * @description Name, when known
             * @example Mario Bianchi
             */
            name?: string;
            /**
             * Format: date-time
             * @description Since when their data rest, when they do: nothing more is done with them
             */
            restrictedSince?: string;
        };
        ContactWithCases: {
            /** @description Where they can be reached */
            addresses: components["schemas"]["ContactAddressView"][];
            /** @description Their latest cases, the newest first */
            cases: components["schemas"]["CaseSummary"][];
            /**
             * Format: date-time
             * @description Since when we know them
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description Since when nothing of them is kept any more
             */
            erasedAt?: string;
            /**
             * Format: uuid
             * @description Contact
             */
            id: string;
            /**
             * @description Name, when known
             * @example Mario Bianchi
             */
            name?: string;
            /**
             * Format: date-time
             * @description Since when their data rest, when they do: nothing more is done with them
             */
            restrictedSince?: string;
        };
        CorrectAddress: {
            /**
             * @description What it is to be; absent: it is to go
             * @example m.bianchi@example.org
             */
            corrected?: string;
            /**
             * @description What sort of address it is
             * @example email
             */
            kind: string;
            /**
             * @description The address as it is kept
             * @example mario.bianchi@example.org
             */
            value: string;
        };
        Correction: {
            /** @description Addresses */
            addresses?: components["schemas"]["CorrectAddress"][];
            /**
             * @description The name
             * @example Mario Bianchi
             */
            name?: string;
        };
        DeactivateOffice: {
            /**
             * @description Why
             * @example Riorganizzazione: delibera 12/2026
             */
            reason: string;
            /**
             * Format: uuid
             * @description Office that receives its open cases, and answers in its place from now on
             */
            successor?: string;
        };
        DeadlinePolicies: {
            /** @description Every version, by code */
            items: components["schemas"]["DeadlinePolicyView"][];
        };
        DeadlinePolicyView: {
            /**
             * Format: uuid
             * @description For this category; absent: for all
             */
            category?: string;
            /**
             * @description What is promised
             * @example take_charge
             * @enum {string}
             */
            clock: "acknowledgement" | "take_charge" | "first_reply" | "resolution" | "task";
            /**
             * @description Its code, the same for every version
             * @example take_charge
             */
            code: string;
            /**
             * @description What silence means when it expires
             * @example none
             * @enum {string}
             */
            effectOnExpiry?: "none" | "silent_consent" | "silent_refusal" | "silent_failure";
            /** @description A term in calendar time that ends on a day without work ends on the next working day */
            endsOnWorkingDay?: boolean;
            /** @description By how much at most it may be extended, once; absent: not at all */
            extension?: components["schemas"]["TermView"];
            /**
             * Format: uuid
             * @description This version
             */
            id: string;
            /**
             * @description For these kinds; absent: for all
             * @example [
             *       "information"
             *     ]
             */
            kinds?: string[];
            /** @description Who is told, and when */
            ladder?: components["schemas"]["LadderStepView"][];
            /** @description The law sets it: it stops only while the case is suspended by law */
            legal?: boolean;
            /**
             * @description What people call it
             * @example Presa in carico
             */
            name: string;
            /**
             * Format: uuid
             * @description For this office; absent: for all
             */
            office?: string;
            /** @description Only for what a routing rule gives it to: never chosen by kind, category and office */
            onlyByRule?: boolean;
            /** @description It is the date that the citizen is promised */
            promised?: boolean;
            /** @description Nothing begins under it any more */
            retired?: boolean;
            /** @description The norm or decision it comes from */
            source?: string;
            /** @description How often and long it may stop */
            suspension?: components["schemas"]["SuspensionView"];
            /** @description How long */
            term: components["schemas"]["TermView"];
            /**
             * Format: date-time
             * @description From when on; absent: from now on
             */
            validFrom?: string;
            /**
             * @description Version
             * @example 1
             */
            version: number;
            /** @description How long before it is announced */
            warnBefore?: components["schemas"]["TermView"];
        };
        DeadlineView: {
            /**
             * Format: date-time
             * @description When it expired
             */
            breachedAt?: string;
            /**
             * @description What is promised
             * @example take_charge
             * @enum {string}
             */
            clock: "acknowledgement" | "take_charge" | "first_reply" | "resolution" | "task";
            /**
             * Format: date-time
             * @description When it is due; absent while it is stopped without a limit
             */
            dueAt?: string;
            /**
             * @description What silence means when it expires
             * @example none
             * @enum {string}
             */
            effectOnExpiry: "none" | "silent_consent" | "silent_refusal" | "silent_failure";
            /**
             * Format: date-time
             * @description When it ended
             */
            endedAt?: string;
            /**
             * Format: date-time
             * @description When it was extended
             */
            extendedAt?: string;
            /** @description Whether the law sets the term */
            legal: boolean;
            /**
             * @description What the administration calls it
             * @example Presa in carico
             */
            name: string;
            /** @description Whether it is the date that the citizen was promised */
            promised: boolean;
            /**
             * Format: date-time
             * @description When it began
             */
            startedAt: string;
            /**
             * @description Where it stands
             * @example running
             * @enum {string}
             */
            state: "running" | "stopped" | "late" | "met" | "met_late" | "void";
            /**
             * Format: date-time
             * @description Since when it is stopped
             */
            stoppedAt?: string;
        };
        DecideOwnConsent: {
            /**
             * @description What is decided
             * @example given
             * @enum {string}
             */
            act: "given" | "withdrawn";
            /**
             * @description Language of the words that were read
             * @example it
             */
            language?: string;
            /**
             * @description Purpose
             * @example newsletter
             */
            purpose: string;
            /**
             * @description The session
             * @example q1wD0m3yU5nq7bX2c8Zr4tKfJ9sLhV6gPaEoYiRuTxk
             */
            session: string;
            /**
             * @description Version of the words that were read
             * @example 1
             */
            textVersion: number;
        };
        DecideRightsRequest: {
            /**
             * @description How
             * @example granted
             * @enum {string}
             */
            outcome: "granted" | "partly_granted" | "refused";
            /**
             * @description Why: kept in the register; no personal data
             * @example Identità verificata allo sportello
             */
            reason: string;
            /** @description They were told in person or by telephone, instead of in writing */
            spoken?: boolean;
            /**
             * @description What the person is told
             * @example Abbiamo accolto la tua richiesta.
             */
            text?: string;
        };
        DetachCases: {
            /**
             * @description The cases
             * @example [
             *       "0199a3c2-6f10-7c3e-9d52-6a1d2b8e4f70"
             *     ]
             */
            cases: string[];
            /**
             * @description Why
             * @example È un altro guasto
             */
            reason: string;
        };
        DialPart: {
            /** @description Words said to the person first */
            announcement?: string;
            /** @description Where the operator answers */
            operatorAddress: string;
            /**
             * @description Part
             * @enum {string}
             */
            type: "dial";
        };
        DiscardParked: {
            /**
             * @description Why it is no matter of ours; the original stays
             * @example Pubblicità
             */
            reason: string;
        };
        DormancyView: {
            /** @description Offices, the longest first */
            offices: components["schemas"]["DormantOffice"][];
            /** @description People, the longest first */
            operators: components["schemas"]["DormantOperator"][];
            /** @description Whether people are not shown one by one, since no authorisation to do so holds (art. 4 L. 300/1970) */
            operatorsWithheld: boolean;
        };
        DormantOffice: {
            /**
             * Format: date-time
             * @description When somebody last acted for it by a link; absent: never
             */
            lastActedAt?: string;
            /** @description Which */
            office: components["schemas"]["OfficeRef"];
            /**
             * @description Open cases it holds
             * @example 4
             */
            openCases: number;
            /**
             * Format: date-time
             * @description Since when what is given to it goes to who stands in
             */
            since: string;
        };
        DormantOperator: {
            /**
             * Format: date-time
             * @description When they last logged in or used a link; absent: never
             */
            lastSeenAt?: string;
            /** @description Their main office */
            office: components["schemas"]["OfficeRef"];
            /** @description Who */
            operator: components["schemas"]["OperatorRef"];
            /**
             * Format: date-time
             * @description Since when what is given to them goes to who stands in
             */
            since: string;
        };
        DraftPage: {
            /** @description The last saved first */
            items: components["schemas"]["DraftView"][];
            /** @description What to pass as `after` for the next page; absent at the end */
            next?: string;
        };
        DraftView: {
            /** @description Files to send with it, as far as they are kept */
            attachments: components["schemas"]["UploadView"][];
            /**
             * @description The version of the case it was begun from
             * @example 4
             */
            begunFrom: number;
            /** @description The case */
            case: components["schemas"]["RelatedCase"];
            /**
             * @description The version of the case now: a greater one means that something happened since
             * @example 5
             */
            caseVersion: number;
            /**
             * Format: uuid
             * @description Conversation that the reply is for
             */
            conversation?: string;
            /**
             * Format: uuid
             * @description What to send it with, as `Idempotency-Key`: then it is said once, from however many screens
             */
            key: string;
            /**
             * @description What it is to be
             * @example reply
             * @enum {string}
             */
            kind: "reply" | "note";
            /**
             * Format: date-time
             * @description When it was last saved
             */
            savedAt: string;
            /** @description Title of the reply */
            subject?: string;
            /**
             * @description The words so far
             * @example Buongiorno, il lampione
             */
            text: string;
            /**
             * @description Its own version
             * @example 2
             */
            version: number;
            /**
             * @description Where the reply may be seen
             * @enum {string}
             */
            visibility?: "public" | "parties";
        };
        DrawArea: {
            /**
             * @description Code, its own in the administration
             * @example centro
             */
            code: string;
            /** @description Its border */
            geometry: components["schemas"]["PolygonGeometry"];
            /**
             * @description Its name
             * @example Centro storico
             */
            name: string;
        };
        EarlierScreening: {
            /** @description All of them have */
            done: boolean;
            /**
             * @description How far, in per cent, about
             * @example 40
             */
            percent: number;
        };
        EndMonitoringAuthorizations: {
            /**
             * @description Why
             * @example Accordo disdetto
             */
            reason: string;
        };
        EndOwnData: {
            /**
             * @description The session
             * @example q1wD0m3yU5nq7bX2c8Zr4tKfJ9sLhV6gPaEoYiRuTxk
             */
            session: string;
        };
        ErasureObstacle: {
            /**
             * @description Why
             * @enum {string}
             */
            because: "open_case" | "legal_hold" | "kept_by_duty" | "on_its_way" | "parked";
            /** @description Numbers of cases because of which it does, some of them */
            cases: string[];
            /**
             * Format: date-time
             * @description Until when, where that is known
             */
            until?: string;
        };
        ErasurePreview: {
            /**
             * Format: uuid
             * @description The contact, or the one it was merged into
             */
            contact: string;
            /** @description How much is kept */
            kept: components["schemas"]["KeptCounts"];
            /** @description What stands against it; empty: nothing does */
            obstacles: components["schemas"]["ErasureObstacle"][];
            /** @description Changes whenever something of theirs comes in or goes */
            version: number;
        };
        ErasureView: {
            /**
             * Format: date-time
             * @description When it was asked
             */
            askedAt: string;
            /** @description Who asked; absent: the system */
            askedBy?: components["schemas"]["OperatorRef"];
            /**
             * @description Because of what
             * @enum {string}
             */
            because: "request" | "retention";
            /**
             * Format: uuid
             * @description The case whose time was over
             */
            case?: string;
            /**
             * Format: uuid
             * @description The contact that is nobody any more
             */
            contact?: string;
            /**
             * @description How many were destroyed, by sort
             * @example {
             *       "messages": 12,
             *       "cases": 2,
             *       "blobs": 5
             *     }
             */
            counts: {
                [key: string]: unknown;
            };
            /**
             * Format: date-time
             * @description When all was gone
             */
            endedAt?: string;
            /**
             * Format: uuid
             * @description The erasure
             */
            id: string;
            /** @description Why */
            reason: string;
            /**
             * @description Whether it is done
             * @enum {string}
             */
            state: "running" | "done";
        };
        EvidenceView: {
            /** @description The case whose number is written in it, and to which it was not put: nothing proves that its party wrote it */
            claimedCase?: components["schemas"]["CaseRef"];
            /** @description Who wrote does not belong to the case: they know a message of it. Answers go to them only when that is asked for */
            stranger?: boolean;
            /**
             * @description Why its case was not acknowledged by itself
             * @enum {string}
             */
            unacknowledged?: "own_address" | "loop_suspected" | "already_numbered" | "too_many";
        };
        FieldChoice: {
            /**
             * @description Code
             * @example led
             */
            code: string;
            /**
             * @description As people see it (Italian)
             * @example LED
             */
            label: string;
        };
        FieldProblem: {
            /**
             * @description What is wrong with it
             * @example must be at most 1000 characters
             */
            detail: string;
            /**
             * @description Where, as a JSON pointer (RFC 6901) into what was sent
             * @example /text
             */
            pointer: string;
        };
        FieldSchema: {
            /** @description `choice`, `choices`: what there is to choose */
            choices?: components["schemas"]["FieldChoice"][];
            /** @description The citizen sees it where they follow their case */
            citizen: boolean;
            /**
             * @description Code
             * @example tipo_lampada
             */
            code: string;
            /** @description Kept in the program: in no letter, and on no page that a letter leads to */
            confidential?: boolean;
            /**
             * @description As people see it (Italian)
             * @example Tipo di lampada
             */
            label: string;
            /** @description `number`: the greatest; `text`: the most characters */
            max?: number;
            /** @description `number`: the least; `text`: the fewest characters */
            min?: number;
            /**
             * @description When it must be filled
             * @example closing
             * @enum {string}
             */
            required: "never" | "opening" | "closing";
            /**
             * @description What it holds
             * @example choice
             * @enum {string}
             */
            type: "text" | "number" | "date" | "choice" | "choices" | "yes_no";
        };
        FinishCitizenLogin: {
            /**
             * @description What it was given when it left
             * @example q1wD0m3yU5nq7bX2c8Zr4tKfJ9sLhV6gPaEoYiRuTxk
             */
            login: string;
            /**
             * @description What stands after the question mark of the address to which it came back
             * @example code=…&state=…
             */
            query: string;
        };
        FixedTermView: {
            /**
             * @description What
             * @example citizen_code
             */
            code: string;
            /**
             * @description The longest, as ISO 8601 says it; absent: as long as the administration keeps anything
             * @example P1D
             */
            lasts?: string;
            /**
             * @description Why
             * @example Art. 32 GDPR
             */
            legalBasis: string;
        };
        FollowerList: {
            /** @description Who follows the case, by name */
            items: components["schemas"]["OperatorRef"][];
        };
        FormPart: {
            /** @description The answers, by field */
            fields: {
                [key: string]: unknown;
            };
            /** @description Which form */
            form: string;
            /**
             * @description Part
             * @enum {string}
             */
            type: "form";
            /** @description Which version of it */
            version: string;
        };
        FoundCase: {
            /** @description The case */
            case: components["schemas"]["CaseSummary"];
            /** @description What it says around the words that were looked for; nothing when they are a name, number or address */
            snippet: components["schemas"]["SnippetPiece"][];
        };
        FoundCases: {
            /** @description The cases */
            items: components["schemas"]["FoundCase"][];
            /** @description What to ask `after` to go on; absent at the end. A page may hold fewer than asked, or none, and go on all the same */
            next?: string;
        };
        FoundCount: {
            /**
             * @description How many
             * @example 1000
             */
            cases: number;
            /** @description Whether there are more */
            more: boolean;
        };
        HeldAttachmentPage: {
            /** @description What was kept before there was a scanner; absent: there is none */
            earlier?: components["schemas"]["EarlierScreening"];
            /** @description Files that are held, the oldest first */
            items: components["schemas"]["HeldAttachmentView"][];
            /** @description What to ask `after` for the next page; absent on the last */
            next?: string;
        };
        HeldAttachmentView: {
            /**
             * @description What was found
             * @example program
             * @enum {string}
             */
            because: "virus" | "unreadable" | "program" | "archive-locked" | "archive-broken" | "archive-many" | "archive-large" | "archive-deep" | "archive-path";
            /**
             * Format: uuid
             * @description Case of the message
             */
            caseId?: string;
            /**
             * @description Number of the case
             * @example 2026-000042
             */
            caseNumber?: string;
            /**
             * @description File name, as declared
             * @example fattura.zip
             */
            filename?: string;
            /**
             * Format: date-time
             * @description When it was found
             */
            heldAt: string;
            /**
             * Format: uuid
             * @description Attachment; of an original or a part, its message
             */
            id: string;
            /**
             * @description Media type, as declared
             * @example application/zip
             */
            mediaType: string;
            /**
             * Format: uuid
             * @description Message that brought it
             */
            message: string;
            /** @description Whether it is the original of the message, which is released by itself */
            original?: boolean;
            /** @description Which part of the message it is, when it is one that is kept beside it and released by itself */
            part?: number;
            /**
             * @description Bytes
             * @example 48213
             */
            size?: number;
        };
        HoldingView: {
            /** @description Office; until one is chosen, the administration itself, which sorts it */
            office: components["schemas"]["OfficeRef"];
            /** @description Person, when one is named */
            operator?: components["schemas"]["OperatorRef"];
            /** @description Who answers for that office now, absences and substitutes applied; absent: nobody up to the administration is there */
            responsible?: components["schemas"]["OperatorRef"];
            /**
             * Format: date-time
             * @description Since when
             */
            since: string;
            /** @description No office was chosen yet: the one named here sorts it */
            sorting: boolean;
            /**
             * Format: date-time
             * @description Until when something must be done; absent when no term runs
             */
            until?: string;
        };
        HoursCondition: {
            /**
             * @description From this hour, included
             * @example 18:00
             */
            from?: string;
            /** @description Whether the office is open */
            open?: boolean;
            /**
             * @description Until this hour, excluded; before `from`: over midnight
             * @example 08:00
             */
            to?: string;
            /**
             * @description Days of the week: Monday is 1
             * @example [
             *       6,
             *       7
             *     ]
             */
            weekdays?: number[];
        };
        HoursView: {
            /**
             * @description On this channel; absent: on all that have no hours of their own
             * @example phone
             */
            channel?: string;
            /** @description Any number of intervals a day. None, on a channel: never open there */
            opening: components["schemas"]["OpeningView"][];
        };
        HtmlPartView: {
            /** @description Where the document is */
            href: string;
            /**
             * @description Part
             * @enum {string}
             */
            type: "html";
        };
        IdentifiedAddress: {
            /**
             * @description What sort of address it is
             * @example email
             */
            kind: string;
            /**
             * @description The address
             * @example mario.bianchi@example.org
             */
            value: string;
        };
        IdentifyContact: {
            /** @description An address of theirs that nobody else reads, as they say: a one-time code sent there opens as much */
            address?: components["schemas"]["IdentifiedAddress"];
            /**
             * Format: uuid
             * @description With a login: a case of the contact that who logged in showed to be theirs
             */
            case?: string;
            /**
             * @description The document that was looked at: needed with one, its number never
             * @example identity_card
             * @enum {string}
             */
            documentKind?: "identity_card" | "passport" | "driving_licence" | "residence_permit" | "other_document";
            /** @description Their fiscal code, as the document has it: by it they are known when they log in; kept as a keyed print alone */
            fiscalCode?: string;
            /**
             * @description How it is certain
             * @example document
             * @enum {string}
             */
            how: "document" | "strong_login";
        };
        IdentifyRequester: {
            /**
             * @description How it is certain who asks
             * @example document
             * @enum {string}
             */
            how: "document" | "known" | "verified_address" | "strong_login";
        };
        IdentityList: {
            /** @description Identities, the oldest first */
            items: components["schemas"]["IdentityView"][];
        };
        IdentityView: {
            /**
             * @description The operator is a program: its name there
             * @example portale-comunale
             */
            clientId?: string;
            /**
             * Format: uuid
             * @description Identity
             */
            id: string;
            /**
             * @description The provider, as it names itself
             * @example https://login.example.org/realms/urp
             */
            issuer: string;
            /**
             * Format: date-time
             * @description Since
             */
            linkedAt: string;
            /**
             * @description Who linked them
             * @example administrator
             * @enum {string}
             */
            linkedBy: "administrator" | "email" | "provisioning" | "demonstration";
            /**
             * @description What the program may do at most
             * @example [
             *       "filodiretto:read"
             *     ]
             */
            scopes?: string[];
            /**
             * @description Who they are there: `sub` of its tokens
             * @example 5f0c1e2a-8a5b-4a39-9d0b-3b1f0a0b7c11
             */
            subject: string;
        };
        ImportReport: {
            /**
             * @description Rows that change something
             * @example 5
             */
            changed: number;
            /** @description What changes, at most the first thousand */
            changes: components["schemas"]["RowChange"][];
            /**
             * @description Rows that make something
             * @example 3
             */
            made: number;
            /**
             * @description Whether it was done
             * @example preview
             * @enum {string}
             */
            mode: "preview" | "apply";
            /** @description What is wrong, at most the first two hundred: as long as there is anything, nothing is done */
            problems: components["schemas"]["RowProblem"][];
            /**
             * @description Rows read
             * @example 120
             */
            rows: number;
            /**
             * @description Rows that are not for this administration
             * @example 2
             */
            skipped: number;
            /**
             * @description Rows that are so already
             * @example 110
             */
            unchanged: number;
        };
        InboundFlags: {
            /** @description How much it looks like an abuse, 0 to 1 */
            abuseScore?: number;
            /**
             * @description Written by a machine: never answered automatically, never reopens
             * @enum {string}
             */
            automatic?: "auto_reply" | "bulk" | "bounce" | "receipt" | "notification";
            /** @description Why a person must look before it becomes a case: it is quarantined, never dropped */
            doubtful?: string;
            /** @description Part of it could not be read; the original is kept */
            incomplete?: boolean;
            /** @description Anybody can read it where it was written */
            public?: boolean;
            /** @description Several people read it where it was written, and what is answered there */
            shared?: boolean;
            /** @description The sender failed authentication: no match to an identity, no history disclosed */
            unauthenticated?: boolean;
        };
        IncidentSuggestion: {
            /** @description Whether that is enough to be called alike */
            alikeWords: boolean;
            /** @description The case */
            case: components["schemas"]["RelatedCase"];
            /**
             * @description How many hours before or after this case it was opened
             * @example 3
             */
            hoursApart: number;
            /**
             * @description How alike the words are: of the titles or of what was first said, whichever is more
             * @example 0.62
             */
            likeness: number;
            /**
             * @description How far from each other they are, in metres; absent: the place of one of them is not known
             * @example 80
             */
            meters?: number;
            /** @description Whether that is the same place */
            near: boolean;
            /** @description Whether it has the same category */
            sameCategory: boolean;
        };
        IncidentSuggestionList: {
            /** @description The likeliest first */
            items: components["schemas"]["IncidentSuggestion"][];
        };
        IncomingCall: {
            /**
             * Format: date-time
             * @description When somebody answered
             */
            answeredAt?: string;
            /**
             * Format: date-time
             * @description When it rang
             */
            arrivedAt: string;
            /** @description Its case */
            case?: components["schemas"]["CaseRef"];
            /** @description Who calls, when it is known */
            contact?: components["schemas"]["ContactRef"];
            /**
             * Format: date-time
             * @description When it ended
             */
            endedAt?: string;
            /** @description Whether who listens is to answer it: they are there, and of the office that holds it */
            forYou: boolean;
            /**
             * @description Where the call comes from, when it is shown
             * @example +393331234567
             */
            from?: string;
            /**
             * Format: uuid
             * @description The message that the call is
             */
            message: string;
            /** @description The office that holds the case */
            office?: components["schemas"]["OfficeRef"];
            /**
             * Format: date-time
             * @description When it began to wait for a person
             */
            queuedAt?: string;
            /**
             * @description How far it has come
             * @example ringing
             * @enum {string}
             */
            state: "ringing" | "waiting" | "answered" | "ended";
            /** @description What they were asked so far, and what they pressed */
            steps: components["schemas"]["CallStep"][];
        };
        InternalNoteView: {
            /**
             * @description The body outside that wrote, in the page of a question
             * @example Acquedotto S.p.A.
             */
            body?: string;
            /**
             * Format: date-time
             * @description When
             */
            createdAt: string;
            /**
             * Format: uuid
             * @description Note
             */
            id: string;
            /**
             * Format: uuid
             * @description The link of a letter in whose page it was written: the journal names it as its cause
             */
            link?: string;
            /** @description The office that wrote, in the page of a letter */
            office?: components["schemas"]["OfficeRef"];
            /** @description The operator who wrote */
            operator?: components["schemas"]["OperatorRef"];
            /**
             * @description The note
             * @example Sentito il manutentore: interviene giovedì.
             */
            text: string;
        };
        JournalEntryView: {
            /** @description Who did it */
            actor: components["schemas"]["ActorView"];
            /**
             * Format: date-time
             * @description When
             */
            at: string;
            /** @description The event or request that caused it */
            cause?: string;
            /** @description Ids and reasons of the fact; never what a citizen wrote */
            data: {
                [key: string]: unknown;
            };
            /**
             * @description What happened
             * @example taken_in_charge
             * @enum {string}
             */
            fact: "opened" | "triaged" | "assigned" | "reassigned" | "taken_in_charge" | "competence_refused" | "scheduled" | "paused" | "suspended" | "resumed" | "extended" | "interrupted" | "resolved" | "closed" | "rejected" | "marked_duplicate" | "withdrawn" | "reopened" | "priority_changed" | "category_changed" | "kind_changed" | "message_received" | "reply_queued" | "reply_withdrawn" | "note_added" | "delivery_failed" | "call_recorded" | "letter_queued" | "letter_delayed" | "office_answered" | "answer_set_aside" | "asked" | "task_answered" | "task_refused" | "task_extended" | "task_cancelled" | "deadline_warned" | "deadline_breached" | "deadline_recounted" | "reminded" | "escalated" | "chased" | "erased" | "linked" | "unlinked" | "merged" | "merged_into" | "unmerged" | "split" | "split_from" | "attached" | "detached" | "members_attached" | "members_detached" | "announced" | "located" | "tagged" | "untagged" | "fields_changed" | "substituted" | "confidentiality_changed" | "glass_broken";
            /** @description SHA-256 over the entry and the hash before it, hexadecimal */
            hash: string;
            /**
             * Format: uuid
             * @description Entry
             */
            id: string;
            /**
             * @description Version of the case after it
             * @example 4
             */
            version: number;
        };
        JournalView: {
            /** @description Entries, oldest first */
            items: components["schemas"]["JournalEntryView"][];
        };
        KeptCounts: {
            /**
             * @description Addresses of theirs
             * @example 2
             */
            addresses: number;
            /**
             * @description Files of those messages
             * @example 3
             */
            attachments: number;
            /**
             * @description Cases of theirs
             * @example 2
             */
            cases: number;
            /**
             * @description Messages from and to them
             * @example 12
             */
            messages: number;
            /**
             * @description Notes on their cases
             * @example 1
             */
            notes: number;
        };
        LadderStepView: {
            /** @description By how much; zero: at the term */
            after: components["schemas"]["TermView"];
            /** @description The case is given to them: only for who may step in */
            reassign?: boolean;
            /**
             * @description Who is told
             * @example office_head
             * @enum {string}
             */
            to: "assignee" | "office_head" | "director" | "substitute_power_holder";
            /**
             * @description Before the term, or after it
             * @example after
             * @enum {string}
             */
            when: "before" | "after";
        };
        LegalHoldList: {
            /** @description The newest first */
            items: components["schemas"]["LegalHoldView"][];
        };
        LegalHoldView: {
            /**
             * Format: uuid
             * @description The case
             */
            case?: string;
            /**
             * Format: uuid
             * @description The contact
             */
            contact?: string;
            /**
             * Format: uuid
             * @description The hold
             */
            id: string;
            /**
             * Format: date-time
             * @description When it was lifted
             */
            liftedAt?: string;
            /** @description Who lifted it */
            liftedBy?: components["schemas"]["OperatorRef"];
            /** @description Why it was lifted */
            liftedReason?: string;
            /**
             * Format: date-time
             * @description When
             */
            placedAt: string;
            /** @description Who placed it */
            placedBy: components["schemas"]["OperatorRef"];
            /** @description Why */
            reason: string;
        };
        LetterPage: {
            /** @description Letters, the newest first */
            items: components["schemas"]["LetterView"][];
            /** @description What to ask `after` for the next page; absent on the last */
            next?: string;
        };
        LetterRef: {
            /**
             * Format: uuid
             * @description Letter
             */
            id: string;
            /**
             * @description What it is for
             * @example assignment
             */
            kind: string;
            /**
             * @description The body outside that it was written to
             * @example Acquedotto del Bacino
             */
            name?: string;
            /** @description The office it was written to */
            office?: components["schemas"]["OfficeRef"];
            /** @description The operator it was written to */
            operator?: components["schemas"]["OperatorRef"];
            /** @description Whoever answered is who was asked; absent on the letter itself */
            verified?: boolean;
        };
        LetterView: {
            /** @description The case it is about */
            case?: components["schemas"]["CaseRef"];
            /**
             * Format: date-time
             * @description When it was written
             */
            createdAt: string;
            /**
             * Format: uuid
             * @description Letter
             */
            id: string;
            /**
             * @description What it is for
             * @example assignment
             */
            kind: string;
            /**
             * Format: uuid
             * @description Its message
             */
            message?: string;
            /**
             * @description The body outside that it is for
             * @example Acquedotto del Bacino
             */
            name?: string;
            /** @description The office it is for, also when it is for one of its people */
            office?: components["schemas"]["OfficeRef"];
            /** @description The operator it is for */
            operator?: components["schemas"]["OperatorRef"];
            /** @description The address it went to; absent while it waits */
            sentTo?: string;
            /**
             * @description Where it stands
             * @example sent
             * @enum {string}
             */
            state: "waiting" | "queued" | "sending" | "accepted" | "sent" | "delivered" | "read" | "failed" | "unknown" | "withdrawn";
            /**
             * @description Title
             * @example Pratica assegnata: Albero caduto
             */
            subject: string;
            /**
             * Format: uuid
             * @description The task it is about
             */
            task?: string;
            /** @description Why it waits, or did not arrive */
            trouble?: string;
        };
        LevelList: {
            /** @description All of them, by code */
            items: components["schemas"]["LevelView"][];
        };
        LevelView: {
            /**
             * @description Code
             * @example minors
             */
            code: string;
            /**
             * @description As people see it (Italian)
             * @example Minori
             */
            name: string;
            /**
             * @description Offices that may know of such cases, besides those that hold one or were asked about it
             * @example []
             */
            offices: string[];
            /**
             * @description Roles that may know of such cases wherever they are
             * @example [
             *       "cabinet_operator"
             *     ]
             */
            roles: ("tier1_operator" | "specialist" | "back_office_member" | "office_head" | "urp_referent" | "supervisor" | "team_leader" | "desk_operator" | "receptionist" | "cabinet_operator" | "kb_editor" | "social_editor" | "protocol_officer" | "contract_manager" | "supplier_manager" | "executive_viewer" | "dpo" | "admin" | "interpreter" | "auditor" | "api_client")[];
            /** @description Its version */
            version: number;
        };
        LiftHold: {
            /**
             * @description Why
             * @example Causa definita
             */
            reason: string;
        };
        LiftRestriction: {
            /**
             * @description Why
             * @example Esattezza dei dati verificata
             */
            reason: string;
        };
        LinkCases: {
            /**
             * Format: uuid
             * @description The other case
             * @example 0199a3c2-6f10-7c3e-9d52-6a1d2b8e4f70
             */
            case: string;
        };
        LinkIdentity: {
            /**
             * @description The operator is a program: its `client_id` there
             * @example portale-comunale
             */
            clientId?: string;
            /**
             * @description What the program may do at most; said with `clientId`
             * @example [
             *       "filodiretto:read"
             *     ]
             */
            scopes?: string[];
            /**
             * @description Who they are at the provider: `sub` of its tokens
             * @example 5f0c1e2a-8a5b-4a39-9d0b-3b1f0a0b7c11
             */
            subject: string;
        };
        LocationPart: {
            /** @description Address of the place */
            address?: string;
            /** @description WGS 84 degrees */
            latitude: number;
            /** @description WGS 84 degrees */
            longitude: number;
            /** @description Name of the place */
            name?: string;
            /**
             * @description Part
             * @enum {string}
             */
            type: "location";
        };
        LotView: {
            /**
             * @description Code: never changes
             * @example lotto-1
             */
            code: string;
            /**
             * Format: uuid
             * @description Lot
             */
            id: string;
            /**
             * @description Name
             * @example Lotto 1: risposta telefonica
             */
            name: string;
        };
        MacroList: {
            /** @description One’s own first, then what others share */
            items: components["schemas"]["MacroView"][];
        };
        MacroView: {
            /** @description What it does */
            actions: components["schemas"]["CaseActions"];
            /**
             * Format: uuid
             * @description Macro
             */
            id: string;
            /** @description Whether it is of who asks: only they change it */
            mine: boolean;
            /**
             * @description Name
             * @example Buca: alle strade, urgente
             */
            name: string;
            /** @description Whose it is */
            owner: components["schemas"]["OperatorRef"];
            /**
             * @description With whom it is shared
             * @example office
             * @enum {string}
             */
            sharedWith: "nobody" | "office" | "administration";
            /**
             * @description Version
             * @example 1
             */
            version: number;
        };
        MakeAbsence: {
            /**
             * Format: date-time
             * @description From
             * @example 2026-08-03T00:00:00+02:00
             */
            from: string;
            /**
             * Format: uuid
             * @description Operator who stands in
             */
            substitute?: string;
            /**
             * Format: date-time
             * @description Until
             * @example 2026-08-17T00:00:00+02:00
             */
            to: string;
        };
        MakeCategory: {
            /**
             * @description Code: never changes, web forms and routing rules know it
             * @example strade
             */
            code: string;
            /** @description Code of the level that its cases get when they get it */
            confidentiality?: string;
            /**
             * @description Kind its cases usually are
             * @example report
             * @enum {string}
             */
            kind: "information" | "assistance" | "report" | "accessibility_report" | "complaint" | "suggestion" | "praise" | "proceeding" | "document_access" | "civic_access" | "foia" | "data_subject_request" | "improvement_proposal";
            /**
             * @description As people see it (Italian)
             * @example Strade e marciapiedi
             */
            label: string;
            /**
             * Format: uuid
             * @description Office that usually answers
             */
            office?: string;
            /**
             * Format: uuid
             * @description Topic that statistics count it under
             */
            topic?: string;
        };
        MakeClosure: {
            /**
             * @description First day
             * @example 2026-08-14
             */
            from: string;
            /**
             * @description Why, as citizens may read it
             * @example Chiusura estiva
             */
            reason: string;
            /**
             * @description Last day
             * @example 2026-08-16
             */
            to: string;
        };
        MakeOffice: {
            /**
             * @description Where it is
             * @example Via Roma 1, piano terra
             */
            address?: string;
            /**
             * @description Code: never changes
             * @example anagrafe
             */
            code: string;
            /**
             * @description E-mail address
             * @example anagrafe@comune.example
             */
            email?: string;
            /**
             * @description Its code in the public index of administrations
             * @example UF1ABC
             */
            ipaCode?: string;
            /**
             * @description What it is in the tree
             * @example office
             * @enum {string}
             */
            kind: "administration" | "department" | "office" | "team";
            /** @description Whether it is written to about what it is given; absent: as before, at first yes */
            letters?: boolean;
            /**
             * Format: uuid
             * @description Lot of that supplier
             */
            lot?: string;
            /**
             * @description Name
             * @example Anagrafe e Stato civile
             */
            name: string;
            /** @description Whether its own hours hold on holidays too */
            openOnHolidays?: boolean;
            /**
             * Format: uuid
             * @description The office above
             */
            parent: string;
            /**
             * @description Patron saint, MM-DD
             * @example 10-04
             */
            patronSaint?: string;
            /**
             * @description Telephone
             * @example +39 051 000000
             */
            phone?: string;
            /**
             * Format: uuid
             * @description Operator responsible
             */
            responsible?: string;
            /**
             * Format: uuid
             * @description Operator who steps in when terms expire, for this office and all under it
             */
            substitutePowerHolder?: string;
            /** @description Operators who step in, in order */
            substitutes?: string[];
            /**
             * Format: uuid
             * @description Supplier its staff belong to
             */
            supplier?: string;
            /**
             * @description Level of answer
             * @example 2
             */
            tier: number;
            /** @description Topics it answers for */
            topics?: string[];
        };
        MakeOperator: {
            /**
             * @description Code: never changes
             * @example anna.riva
             */
            code: string;
            /**
             * @description E-mail address
             * @example anna.riva@comune.example
             */
            email?: string;
            /**
             * @description Languages, ISO 639
             * @example [
             *       "it",
             *       "en"
             *     ]
             */
            languages?: string[];
            /** @description Where they belong. The main office need not be said: they belong to it */
            memberships?: components["schemas"]["WriteMembership"][];
            /**
             * @description Name
             * @example Anna Riva
             */
            name: string;
            /**
             * Format: uuid
             * @description Main office
             */
            office: string;
            /**
             * @description Telephone
             * @example +39 051 000000
             */
            phone?: string;
            /**
             * @description Role
             * @example urp_referent
             * @enum {string}
             */
            role: "tier1_operator" | "specialist" | "back_office_member" | "office_head" | "urp_referent" | "supervisor" | "team_leader" | "desk_operator" | "receptionist" | "cabinet_operator" | "kb_editor" | "social_editor" | "protocol_officer" | "contract_manager" | "supplier_manager" | "executive_viewer" | "dpo" | "admin" | "interpreter" | "auditor" | "api_client";
        };
        MakeSupplier: {
            /**
             * @description Code: never changes
             * @example rti-voce
             */
            code: string;
            /** @description All its lots. One that an office belongs to cannot be left out */
            lots: components["schemas"]["WriteLot"][];
            /**
             * @description Name
             * @example RTI Voce e Ascolto
             */
            name: string;
        };
        MakeTopic: {
            /**
             * @description Code: never changes
             * @example tari
             */
            code: string;
            /**
             * @description As people see it (Italian)
             * @example TARI, tassa sui rifiuti
             */
            label: string;
        };
        MapView: {
            /** @description Who made the tiles, to be shown with them */
            by: string;
            /**
             * @description Outlines as a GeoJSON FeatureCollection (RFC 7946), with `kind` and `name` of each where they have them
             * @example {
             *       "type": "FeatureCollection",
             *       "features": []
             *     }
             */
            outline: {
                [key: string]: unknown;
            };
            /** @description Address of tiles, with {z}, {x} and {y}; absent: the outline alone */
            tiles?: string;
        };
        MediaPartView: {
            /**
             * Format: uuid
             * @description Attachment
             */
            attachment?: string;
            /** @description Words written with it */
            caption?: string;
            /**
             * @description Whether we hold the bytes
             * @enum {string}
             */
            fetch: "done" | "pending" | "failed" | "expired";
            /**
             * @description File name, as declared
             * @example lampione.jpg
             */
            filename?: string;
            /** @description Where the bytes are, once we hold them */
            href?: string;
            /** @description Name by which a rich text shows it inline */
            inlineId?: string;
            /**
             * @description What it is for a person
             * @enum {string}
             */
            kind: "image" | "audio" | "voice" | "video" | "file" | "sticker";
            /**
             * @description Media type, as declared: not to be trusted
             * @example image/jpeg
             */
            mediaType: string;
            /**
             * @description What the virus check said
             * @enum {string}
             */
            scan: "pending" | "clean" | "infected" | "error" | "skipped";
            /** @description Bytes */
            size?: number;
            /**
             * @description Part
             * @enum {string}
             */
            type: "media";
        };
        MemberPreview: {
            /** @description It is under this head already: nothing would change */
            already: boolean;
            /** @description The case */
            case: components["schemas"]["RelatedCase"];
            /** @description The same in words */
            detail?: string;
            /** @description Another office would answer for it than now: that of the head */
            moves: boolean;
            /**
             * @description Why it would be refused: the problem
             * @enum {string}
             */
            problem?: "invalid-input" | "malformed-request" | "not-authenticated" | "step-up-required" | "not-allowed" | "foreign-page" | "not-found" | "version-required" | "version-stale" | "transition-not-allowed" | "kept-by-law" | "retention-under-way" | "office-in-use" | "already-said" | "idempotency-mismatch" | "reply-window-closed" | "channel-cannot" | "no-reply-address" | "text-too-long" | "outcome-required" | "retry-not-allowed" | "cannot-be-withdrawn" | "processing-restricted" | "personal-data" | "login-refused" | "login-too-weak" | "login-not-usable" | "offer-over" | "media-type-not-accepted" | "too-large" | "too-many-requests" | "temporarily-unavailable" | "internal-error";
        };
        MemberPreviews: {
            /** @description The head */
            head: components["schemas"]["RelatedCase"];
            /** @description Each case, in the order asked */
            items: components["schemas"]["MemberPreview"][];
            /** @description The office that would answer for all of them; absent: nobody answers for the head yet */
            office?: components["schemas"]["OfficeRef"];
        };
        MembershipView: {
            /** @description Whether a claim of the identity provider gives it: it is changed there */
            fromProvider: boolean;
            /** @description Whether it is their main office */
            main: boolean;
            /** @description Office */
            office: components["schemas"]["OfficeRef"];
            /**
             * @description Role there
             * @example specialist
             */
            role: string;
            /**
             * @description Level of answer there
             * @example 2
             */
            tier: number;
        };
        MemberView: {
            /** @description Whether they are away now */
            away: boolean;
            /** @description Whether it is their main office */
            main: boolean;
            /** @description Who */
            operator: components["schemas"]["OperatorRef"];
            /**
             * @description Role in this office
             * @example specialist
             */
            role: string;
            /**
             * @description Level of answer
             * @example 2
             */
            tier: number;
        };
        MentionPage: {
            /** @description Mentions of who asks, the newest first */
            items: components["schemas"]["MentionView"][];
            /** @description What to ask `after` for the next page; absent on the last */
            next?: string;
        };
        MentionView: {
            /** @description Who wrote it */
            by: components["schemas"]["OperatorRef"];
            /** @description The case */
            case: components["schemas"]["RelatedCase"];
            /**
             * Format: date-time
             * @description When
             */
            createdAt: string;
            /**
             * Format: uuid
             * @description Mention
             */
            id: string;
            /**
             * Format: uuid
             * @description The note
             */
            note: string;
            /**
             * Format: date-time
             * @description When it was marked as read
             */
            readAt?: string;
            /**
             * @description The note
             * @example @anna.riva, lo vedi tu?
             */
            text: string;
        };
        MergeCases: {
            /**
             * @description The cases are of different people, and that is meant
             * @example false
             */
            differentPeople?: boolean;
            /**
             * Format: uuid
             * @description The case that is taken in
             */
            from: string;
            /**
             * @description Why
             * @example Stessa persona, stessa richiesta
             */
            reason?: string;
        };
        MergeView: {
            /**
             * Format: date-time
             * @description When
             */
            at: string;
            /**
             * @description How many conversations
             * @example 1
             */
            conversations: number;
            /** @description The case that was taken in */
            from: components["schemas"]["RelatedCase"];
            /**
             * Format: uuid
             * @description Merge
             */
            id: string;
            /** @description The case that took the other in */
            into: components["schemas"]["RelatedCase"];
            /**
             * @description How many messages it carried over
             * @example 3
             */
            messages: number;
            /**
             * Format: date-time
             * @description When it was undone
             */
            undoneAt?: string;
            /**
             * Format: date-time
             * @description Until when it can be undone
             */
            undoUntil: string;
        };
        MessageChanged: {
            /**
             * Format: uuid
             * @description Administration
             */
            administration: string;
            /**
             * Format: date-time
             * @description When
             */
            at: string;
            /**
             * Format: uuid
             * @description Case
             */
            case?: string;
            /**
             * Format: uuid
             * @description Message
             */
            message: string;
            /** @description State */
            state: string;
        };
        MessageView: {
            /**
             * @description Account of the channel
             * @example urp@comune.example
             */
            account: string;
            /** @description Who wrote, or to whom */
            address: components["schemas"]["Address"];
            /**
             * @description Who wrote, as a part
             * @example contact
             * @enum {string}
             */
            author: "contact" | "operator" | "automation" | "external_app" | "office";
            /** @description Why a machine wrote it */
            automatic?: string;
            /**
             * @description Channel
             * @example email
             */
            channel: string;
            /**
             * @description What was said
             * @example [
             *       {
             *         "type": "text",
             *         "text": "Buongiorno, il lampione è spento."
             *       }
             *     ]
             */
            content: (components["schemas"]["TextPartView"] | components["schemas"]["HtmlPartView"] | components["schemas"]["MediaPartView"] | components["schemas"]["CalendarPartView"] | components["schemas"]["LocationPart"] | components["schemas"]["CardPart"] | components["schemas"]["ChoicePart"] | components["schemas"]["FormPart"] | components["schemas"]["CallPart"] | components["schemas"]["TemplatePart"] | components["schemas"]["DialPart"] | components["schemas"]["SystemPart"] | components["schemas"]["UnsupportedPart"])[];
            /**
             * Format: uuid
             * @description Conversation
             */
            conversation: string;
            /**
             * @description In or out
             * @example in
             * @enum {string}
             */
            direction: "in" | "out";
            /** @description What to know before believing where it was put */
            evidence?: components["schemas"]["EvidenceView"];
            /** @description What is known of it besides its words */
            flags?: components["schemas"]["InboundFlags"];
            /**
             * Format: uuid
             * @description Message
             */
            id: string;
            /** @description The letter to an office that it is, or answers */
            letter?: components["schemas"]["LetterRef"];
            /** @description Which operator wrote it */
            operator?: components["schemas"]["OperatorRef"];
            /** @description Where the original is, byte for byte */
            original?: string;
            /**
             * Format: date-time
             * @description When it reached us, or was ordered
             */
            receivedAt: string;
            /** @description What it does to an earlier message */
            relation?: components["schemas"]["RelationView"];
            /**
             * @description Grows when the content does
             * @example 0
             */
            revision: number;
            /** @description Its road, when it goes out */
            send?: components["schemas"]["SendView"];
            /**
             * Format: date-time
             * @description When it was said, by the provider's clock
             */
            sentAt: string;
            /**
             * @description Title
             * @example Lampione spento in via Roma
             */
            subject?: string;
            /**
             * @description Where it may be seen
             * @example parties
             * @enum {string}
             */
            visibility: "public" | "parties" | "internal";
        };
        MeView: {
            /** @description Whether they still work here; otherwise nothing opens with their token */
            active: boolean;
            /** @description Administration */
            administration: components["schemas"]["OfficeRef"];
            /**
             * @description Code
             * @example anna.riva
             */
            code: string;
            /**
             * Format: uuid
             * @description Operator
             */
            id: string;
            /**
             * @description Name
             * @example Anna Riva
             */
            name: string;
            /** @description Main office */
            office: components["schemas"]["OfficeRef"];
            /**
             * @description What their role may do, as far as was decided two seconds ago
             * @example [
             *       "case.read"
             *     ]
             */
            permissions: ("case.read" | "case.work" | "case.bulk" | "case.confidential" | "case.break-glass" | "work.take" | "work.direct" | "share" | "tag.write" | "area.write" | "template.write" | "automation.write" | "settings.write" | "policy.write" | "parked.settle" | "report.read" | "trail.read" | "organisation.write" | "role.write" | "privacy.read" | "privacy.work" | "privacy.decide" | "privacy.erase" | "retention.write")[];
            /**
             * @description Role
             * @example urp_referent
             */
            role: string;
            /**
             * @description The time zone in which its terms, hours and days are told
             * @example Europe/Rome
             */
            timeZone: string;
        };
        MilestoneView: {
            /**
             * Format: date-time
             * @description When
             */
            at: string;
            /**
             * @description What happened, as a fact of the journal
             * @example taken_in_charge
             */
            fact: string;
            /**
             * @description What happened, in words
             * @example Presa in carico
             */
            label: string;
        };
        MonitoringAuthorizationList: {
            /** @description All of them, the newest first */
            items: components["schemas"]["MonitoringAuthorizationView"][];
        };
        MonitoringAuthorizationView: {
            /** @description Why it was ended */
            endedReason?: string;
            /** @description Whether it holds today */
            holds: boolean;
            /**
             * Format: uuid
             * @description Authorisation
             */
            id: string;
            /**
             * @description What it is
             * @example union_agreement
             * @enum {string}
             */
            kind: "union_agreement" | "inspectorate";
            /**
             * @description The document, as the office files it
             * @example Accordo 12/2026 del 3 marzo 2026
             */
            reference: string;
            /**
             * @description What it allows
             * @example [
             *       "figures"
             *     ]
             */
            scopes: ("figures" | "recordings")[];
            /**
             * @description When it was signed
             * @example 2026-03-03
             */
            signedOn: string;
            /**
             * @description Until when it holds, that day too
             * @example 2028-03-02
             */
            validUntil: string;
        };
        MoveCase: {
            /**
             * Format: uuid
             * @description `assign`: the operator
             */
            assignee?: string;
            /**
             * @description What is asked of the case
             * @example resolve
             * @enum {string}
             */
            command: "startTriage" | "assign" | "takeCharge" | "refuseCompetence" | "schedule" | "askCitizen" | "askThird" | "suspend" | "resume" | "extend" | "interrupt" | "resolve" | "close" | "reject" | "markDuplicate" | "withdraw" | "reopen";
            /**
             * Format: uuid
             * @description Conversation that the text goes to; absent: the one of the last message from the citizen
             */
            conversation?: string;
            /** @description `extend`: the new date */
            dueDate?: string;
            /**
             * Format: uuid
             * @description `markDuplicate`: the leading case
             */
            leading?: string;
            /**
             * @description `resolve`, `reject`, `markDuplicate`: why it ends although questions to other offices are open; they are cancelled
             * @example Risolto senza attendere la risposta
             */
            leavingTasksOpen?: string;
            /** @description `suspend`, `interrupt`: the legal basis */
            legalBasis?: string;
            /**
             * Format: uuid
             * @description `assign`: the office that answers; `refuseCompetence`: the one that may be the right one
             */
            office?: string;
            /**
             * @description `resolve`: the outcome
             * @example positive
             * @enum {string}
             */
            outcome?: "positive" | "partial" | "negative" | "not_applicable";
            /**
             * @description `resolve`: why this outcome
             * @example done
             */
            outcomeReason?: string;
            /**
             * @description `schedule`: the date of the work
             * @example 2026-03-12
             */
            plannedDate?: string;
            /** @description Why */
            reason?: string;
            /** @description The citizen was told in person or by telephone, instead of in writing */
            spoken?: boolean;
            /**
             * @description What the citizen is told, sent as a reply: `resolve`, `reject`, `askCitizen`
             * @example Il lampione è stato riparato. Grazie della segnalazione.
             */
            text?: string;
            /**
             * Format: uuid
             * @description A template of ours, filled from the case, instead of words; absent both: the one of the outcome
             */
            textTemplate?: string;
        };
        MoveOffice: {
            /**
             * Format: uuid
             * @description The office above, from now on
             * @example 0199a3c2-6f10-7c3e-9d52-6a1d2b8e4f70
             */
            parent: string;
        };
        MoveTask: {
            /**
             * @description What is done
             * @example answer
             * @enum {string}
             */
            command: "answer" | "extend" | "refuse" | "cancel";
            /** @description `extend`: the new date */
            dueDate?: string;
            /**
             * @description `answer`: with which outcome; absent: words alone
             * @example positive
             * @enum {string}
             */
            outcome?: "positive" | "partial" | "negative" | "not_applicable";
            /** @description `extend`, `refuse`, `cancel`: why */
            reason?: string;
            /**
             * @description `answer`: the words
             * @example La condotta è nostra: ripariamo domani.
             */
            text?: string;
        };
        NamedRef: {
            /**
             * @description Code
             * @example lotto-1
             */
            code: string;
            /**
             * Format: uuid
             * @description Which
             */
            id: string;
            /**
             * @description Name
             * @example Lotto 1: risposta telefonica
             */
            name: string;
        };
        OfferChanged: {
            /**
             * Format: uuid
             * @description Administration
             */
            administration: string;
            /**
             * Format: date-time
             * @description When
             */
            at: string;
            /**
             * Format: uuid
             * @description Case
             */
            case: string;
            /**
             * Format: date-time
             * @description Until when it can be accepted
             */
            expiresAt: string;
            /**
             * Format: uuid
             * @description Offer
             */
            offer: string;
            /**
             * Format: uuid
             * @description Operator whom it was made to
             */
            operator: string;
            /**
             * @description State
             * @enum {string}
             */
            state: "offered" | "accepted" | "rejected" | "expired" | "rescinded";
            /**
             * Format: uuid
             * @description Work item
             */
            workItem: string;
        };
        OfferList: {
            /** @description Offers, the oldest first */
            items: components["schemas"]["OfferView"][];
        };
        OfferView: {
            /** @description Case */
            case: components["schemas"]["WorkCase"];
            /** @description Channel */
            channel?: string;
            /** @description Whose case it is */
            contact?: components["schemas"]["ContactRef"];
            /**
             * Format: date-time
             * @description Until when it can be accepted
             */
            expiresAt: string;
            /** @description What was looked at, as data */
            explanation: {
                [key: string]: unknown;
            };
            /**
             * Format: uuid
             * @description Offer
             */
            id: string;
            /**
             * Format: date-time
             * @description When it was made
             */
            offeredAt: string;
            /** @description Whose queue it is from */
            office: components["schemas"]["OfficeRef"];
            /** @description Whom it was made to */
            operator: components["schemas"]["OperatorRef"];
            /**
             * @description Priority
             * @enum {string}
             */
            priority: "low" | "normal" | "high" | "urgent";
            /** @description Why it was over (Italian) */
            reason?: string;
            /** @description Why it was made, and to this operator (Italian) */
            sentence: string;
            /**
             * Format: date-time
             * @description When it was over
             */
            settledAt?: string;
            /** @description Whether others were offered it too: the first to accept has it */
            shared: boolean;
            /**
             * @description State
             * @enum {string}
             */
            state: "offered" | "accepted" | "rejected" | "expired" | "rescinded";
            /**
             * Format: uuid
             * @description Work item
             */
            workItem: string;
        };
        OfficeDetail: {
            /** @description Whether it still answers; an office that ended holds nothing */
            active: boolean;
            /**
             * @description Where it is
             * @example Via Roma 1, piano terra
             */
            address?: string;
            /** @description Topics it answers for: its own or, when it names none, those of the office above */
            answersFor: components["schemas"]["TopicRef"][];
            /** @description Its own closures that have not passed */
            closures: components["schemas"]["ClosureView"][];
            /**
             * @description Code
             * @example urp
             */
            code: string;
            /** @description Who heads the department above now */
            director?: components["schemas"]["ResponsibleView"];
            /**
             * @description E-mail address
             * @example anagrafe@comune.example
             */
            email?: string;
            /** @description Who heads it now */
            head?: components["schemas"]["ResponsibleView"];
            /** @description Hours it says; none: those of the office above */
            hours: components["schemas"]["HoursView"][];
            /**
             * Format: uuid
             * @description Office
             */
            id: string;
            /**
             * @description Its code in the public index of administrations
             * @example UF1ABC
             */
            ipaCode?: string;
            /**
             * @description What it is in the tree
             * @example office
             * @enum {string}
             */
            kind: "administration" | "department" | "office" | "team";
            /** @description Whether it is written to about what it is given */
            letters: boolean;
            /** @description Lot of the contract its staff belong to */
            lot?: components["schemas"]["NamedRef"];
            /** @description Who belongs to it */
            members: components["schemas"]["MemberView"][];
            /**
             * @description Name
             * @example Ufficio Relazioni con il Pubblico
             */
            name: string;
            /** @description Whether it is open at this moment */
            open: boolean;
            /** @description Open cases it holds */
            openCases: number;
            /** @description Hours that hold for it, its own or those of the office above */
            opening: components["schemas"]["OpeningView"][];
            /** @description Whether its own hours hold on holidays too */
            openOnHolidays: boolean;
            /**
             * Format: uuid
             * @description The node above; absent: it is the administration
             */
            parent?: string;
            /**
             * @description Patron saint, MM-DD; absent: that of the office above
             * @example 10-04
             */
            patronSaint?: string;
            /**
             * @description Telephone
             * @example +39 051 000000
             */
            phone?: string;
            /** @description Who is named responsible */
            responsible?: components["schemas"]["OperatorRef"];
            /** @description Who is named to step in when terms expire */
            substitutePowerHolder?: components["schemas"]["OperatorRef"];
            /** @description Who steps in, in order */
            substitutes: components["schemas"]["OperatorRef"][];
            /** @description Who answers in its place since it ended */
            successor?: components["schemas"]["OfficeRef"];
            /** @description Supplier its staff belong to */
            supplier?: components["schemas"]["NamedRef"];
            /**
             * @description Level of answer
             * @example 1
             */
            tier: number;
            /** @description Topics it names */
            topics: components["schemas"]["TopicRef"][];
            /** @description Its version */
            version: number;
        };
        OfficeList: {
            /** @description Offices, by name */
            items: components["schemas"]["OfficeView"][];
        };
        OfficeRef: {
            /**
             * Format: uuid
             * @description Office
             */
            id: string;
            /**
             * @description Its name
             * @example Ufficio Relazioni con il Pubblico
             */
            name: string;
        };
        OfficeSurvey: {
            /** @description What they said in their own words, in no order; the personal data they wrote are theirs */
            comments: string[];
            /** @description How often each number of stars was given, and each face and reason chosen */
            counts: components["schemas"]["ChosenCount"][];
            /** @description The office that held the cases when they were rated */
            office: components["schemas"]["OfficeRef"];
            /**
             * @description Ratings
             * @example 31
             */
            ratings: number;
            /**
             * @description Stars, on average, with two decimals
             * @example 4.2
             */
            stars: number;
        };
        OfficeView: {
            /** @description Whether it still answers; an office that ended holds nothing */
            active: boolean;
            /**
             * @description Code
             * @example urp
             */
            code: string;
            /**
             * Format: uuid
             * @description Office
             */
            id: string;
            /**
             * @description What it is in the tree
             * @example office
             * @enum {string}
             */
            kind: "administration" | "department" | "office" | "team";
            /**
             * @description Name
             * @example Ufficio Relazioni con il Pubblico
             */
            name: string;
            /**
             * Format: uuid
             * @description The node above; absent: it is the administration
             */
            parent?: string;
            /**
             * @description Level of answer
             * @example 1
             */
            tier: number;
        };
        OnDutyList: {
            /** @description Every office that answers for it, those where somebody is free first */
            items: components["schemas"]["OnDutyOffice"][];
            /** @description The topic */
            topic: components["schemas"]["TopicRef"];
        };
        OnDutyOffice: {
            /**
             * @description Where it is
             * @example Via Roma 1, piano terra
             */
            address?: string;
            /**
             * @description E-mail address
             * @example tributi@comune.example
             */
            email?: string;
            /**
             * Format: uuid
             * @description Office
             */
            id: string;
            /**
             * @description Its name
             * @example Ufficio Relazioni con il Pubblico
             */
            name: string;
            /** @description Whether it is open at this moment */
            open: boolean;
            /** @description Who can take a citizen now: nearest level first, then whoever has been free for longest */
            people: components["schemas"]["OnDutyPerson"][];
            /**
             * @description Telephone
             * @example +39 051 000000
             */
            phone?: string;
        };
        OnDutyPerson: {
            /**
             * Format: uuid
             * @description Operator
             */
            id: string;
            /**
             * @description Matters they have in hand
             * @example 3
             */
            inHand: number;
            /** @description The member of the office who is away, and for whom they stand in */
            insteadOf?: components["schemas"]["OperatorRef"];
            /**
             * @description Languages, ISO 639
             * @example [
             *       "it",
             *       "en"
             *     ]
             */
            languages: string[];
            /**
             * @description Name
             * @example Anna Riva
             */
            name: string;
            /**
             * @description Telephone
             * @example +39 051 000000
             */
            phone?: string;
            /**
             * Format: date-time
             * @description Since when they have been available
             */
            since: string;
            /**
             * @description Level of answer in that office
             * @example 2
             */
            tier: number;
        };
        OpenCaseByHand: {
            /**
             * Format: uuid
             * @description Operator it is assigned to
             */
            assignee?: string;
            /**
             * Format: uuid
             * @description Category
             */
            category?: string;
            /**
             * Format: uuid
             * @description A contact we know
             */
            contact?: string;
            /**
             * @description Fields of the category, by code
             * @example {
             *       "tipo_lampada": "led"
             *     }
             */
            fields?: {
                [key: string]: unknown;
            };
            /**
             * Format: uuid
             * @description The ended case that this one follows up
             */
            followUpOf?: string;
            /**
             * @description Kind
             * @example report
             * @enum {string}
             */
            kind?: "information" | "assistance" | "report" | "accessibility_report" | "complaint" | "suggestion" | "praise" | "proceeding" | "document_access" | "civic_access" | "foia" | "data_subject_request" | "improvement_proposal";
            /** @description A contact we may not know yet */
            newContact?: components["schemas"]["ContactByHand"];
            /**
             * Format: uuid
             * @description Office that answers; absent: the category's, else the operator's
             */
            office?: string;
            /**
             * @description Priority
             * @example normal
             * @enum {string}
             */
            priority?: "low" | "normal" | "high" | "urgent";
            /**
             * @description What is asked, in one line
             * @example Lampione spento in via Roma 12
             */
            subject: string;
            /**
             * @description What was said, in the words of the operator
             * @example La signora segnala che il lampione davanti al numero 12 è spento da tre giorni.
             */
            text?: string;
        };
        OpenedCase: {
            /**
             * Format: date-time
             * @description When
             */
            at: string;
            /** @description The case */
            case: components["schemas"]["CaseRef"];
            /**
             * Format: uuid
             * @description The opening
             */
            id: string;
            /** @description Who opened it */
            operator: components["schemas"]["OperatorRef"];
            /** @description Why */
            reason: string;
            /**
             * Format: date-time
             * @description Until when they see it
             */
            until: string;
        };
        OpenedCasePage: {
            /** @description Openings, the newest first */
            items: components["schemas"]["OpenedCase"][];
            /** @description What to ask `after` for the next page; absent on the last */
            next?: string;
        };
        OpeningView: {
            /**
             * @description From, HH:MM
             * @example 08:30
             */
            from: string;
            /**
             * @description To, HH:MM, at most 24:00
             * @example 12:30
             */
            to: string;
            /**
             * @description Day of the week: 1 Monday to 7 Sunday
             * @example 1
             */
            weekday: number;
        };
        OpenOwnData: {
            /**
             * @description The code that came to the address
             * @example K7QF-2M9X-4DTC-8RWE
             */
            code: string;
        };
        OpenRightsRequest: {
            /** @description What is to be put right: needed to ask for that, and for nothing else */
            correction?: components["schemas"]["Correction"];
            /**
             * @description How it is certain who asks; absent: not yet
             * @example document
             * @enum {string}
             */
            identified?: "document" | "known" | "verified_address" | "strong_login";
            /**
             * @description What is asked
             * @example access
             * @enum {string}
             */
            kind: "access" | "rectification" | "restriction" | "objection" | "erasure";
            /**
             * Format: uuid
             * @description The office that answers; absent: that of who asks
             */
            office?: string;
        };
        OperatorDetail: {
            /** @description Absences that have not passed */
            absences: components["schemas"]["AbsenceView"][];
            /** @description Whether they still work here; otherwise nothing opens with their token */
            active: boolean;
            /**
             * @description Code
             * @example anna.riva
             */
            code: string;
            /**
             * @description E-mail address
             * @example anna.riva@comune.example
             */
            email?: string;
            /**
             * Format: uuid
             * @description Operator
             */
            id: string;
            /**
             * @description Languages, ISO 639
             * @example [
             *       "it",
             *       "en"
             *     ]
             */
            languages: string[];
            /** @description Where they belong, the main office first */
            memberships: components["schemas"]["MembershipView"][];
            /**
             * @description Name
             * @example Anna Riva
             */
            name: string;
            /** @description Main office */
            office: components["schemas"]["OfficeRef"];
            /** @description Open cases assigned to them */
            openCases: number;
            /**
             * @description Telephone
             * @example +39 051 000000
             */
            phone?: string;
            /** @description Offices that name them responsible */
            responsibleFor: components["schemas"]["OfficeRef"][];
            /**
             * @description Role
             * @example urp_referent
             */
            role: string;
            /** @description Whether a claim of the identity provider gives the role: it is changed there */
            roleFromProvider: boolean;
            /** @description Their version */
            version: number;
        };
        OperatorList: {
            /** @description Operators, by name */
            items: components["schemas"]["OperatorView"][];
        };
        OperatorRef: {
            /**
             * Format: uuid
             * @description Operator
             */
            id: string;
            /**
             * @description Name
             * @example Anna Riva
             */
            name: string;
        };
        OperatorSkills: {
            /**
             * @description How much they can have in hand
             * @example 100
             */
            capacity: number;
            /** @description Skills */
            skills: components["schemas"]["SkillView"][];
        };
        OperatorView: {
            /** @description Whether they still work here; otherwise nothing opens with their token */
            active: boolean;
            /**
             * @description Code
             * @example anna.riva
             */
            code: string;
            /**
             * Format: uuid
             * @description Operator
             */
            id: string;
            /**
             * @description Name
             * @example Anna Riva
             */
            name: string;
            /** @description Main office */
            office: components["schemas"]["OfficeRef"];
            /**
             * @description Role
             * @example urp_referent
             */
            role: string;
        };
        OrderRoutingRules: {
            /**
             * @description All rules of the administration, in the order in which they are to be looked at
             * @example [
             *       "0199a3c2-6f10-7c3e-9d52-6a1d2b8e4f70"
             *     ]
             */
            rules: string[];
        };
        OutsideBody: {
            /**
             * @description Its e-mail address
             * @example guasti@acquedotto.example
             */
            address: string;
            /**
             * @description Its name
             * @example Acquedotto del Bacino
             */
            name: string;
        };
        OverPreview: {
            /**
             * @description Which term
             * @example case.report
             */
            code: string;
            /**
             * @description How many
             * @example 120
             */
            count: number;
            /** @description Numbers of some of the cases */
            examples: string[];
            /**
             * @description How many more are kept because a hold is on them
             * @example 2
             */
            held: number;
            /**
             * @description How many more are kept because an open case refers to them
             * @example 1
             */
            needed: number;
            /**
             * Format: date-time
             * @description Since when the oldest of them runs
             */
            oldest?: string;
        };
        OwnAddress: {
            /**
             * @description What sort of address it is
             * @example email
             */
            kind: string;
            /**
             * Format: date-time
             * @description Since when it is kept
             */
            since: string;
            /**
             * @description The address; of others than the verified one, enough to recognise it
             * @example mario.bianchi@example.org
             */
            value: string;
            /** @description Whether it is the one that was verified */
            verified: boolean;
        };
        OwnCase: {
            /**
             * Format: date-time
             * @description When it ended
             */
            endedAt?: string;
            /** @description Whether it is kept longer because somebody needs it for a claim */
            held: boolean;
            /** @description Why so long */
            keptBecause?: string;
            /**
             * Format: date-time
             * @description Until when it is kept; absent: it is open, or a hold is on it
             */
            keptUntil?: string;
            /**
             * @description What sort of case
             * @example report
             * @enum {string}
             */
            kind: "information" | "assistance" | "report" | "accessibility_report" | "complaint" | "suggestion" | "praise" | "proceeding" | "document_access" | "civic_access" | "foia" | "data_subject_request" | "improvement_proposal";
            /** @description What was said, oldest first */
            messages: components["schemas"]["OwnMessage"][];
            /**
             * @description Number
             * @example 2026-004217-3
             */
            number: string;
            /** @description Who holds it */
            office?: string;
            /**
             * Format: date-time
             * @description When it was opened
             */
            openedAt: string;
            /**
             * @description Its state, in Italian
             * @example In carico
             */
            state: string;
            /**
             * @description Its state
             * @example in_charge
             * @enum {string}
             */
            stateCode: "received" | "triage" | "assigned" | "in_charge" | "scheduled" | "waiting_citizen" | "waiting_third" | "suspended" | "resolved" | "closed" | "rejected" | "duplicate" | "withdrawn";
            /** @description What it is about */
            subject: string;
        };
        OwnConsent: {
            /**
             * @description Language of the words
             * @example it
             */
            language: string;
            /**
             * @description How it is called
             * @example Notiziario
             */
            name: string;
            /**
             * @description Purpose
             * @example newsletter
             */
            purpose: string;
            /**
             * Format: date-time
             * @description Since when
             */
            since?: string;
            /**
             * @description Where it stands
             * @example none
             * @enum {string}
             */
            state: "none" | "asked" | "given" | "refused" | "withdrawn";
            /** @description What whoever agrees agrees to */
            text: string;
            /** @description Version of the words */
            textVersion: number;
        };
        OwnData: {
            /** @description Addresses */
            addresses: components["schemas"]["OwnAddress"][];
            /**
             * @description How sure it is who asks
             * @example 1
             */
            assuranceLevel: number;
            /** @description Cases, the newest first */
            cases: components["schemas"]["OwnCase"][];
            /** @description What they are asked to agree to */
            consents: components["schemas"]["OwnConsent"][];
            /** @description Whether confidential cases are left out, be there any or none: a login shows them, a code to an address does not */
            hidesConfidential: boolean;
            /** @description Who logged in; absent: an address was verified */
            identity?: components["schemas"]["OwnIdentity"];
            /**
             * Format: date-time
             * @description Since when they are known
             */
            knownSince: string;
            /** @description Who looked, the latest first */
            looks: components["schemas"]["OwnLook"][];
            /** @description Name */
            name?: string;
            /** @description What they asked of their data, the newest first */
            requests: components["schemas"]["OwnRequest"][];
            /**
             * Format: date-time
             * @description Since when their data rest
             */
            restrictedSince?: string;
            /**
             * Format: date-time
             * @description Until when this is shown
             */
            until: string;
        };
        OwnDataEnded: {
            /** @description Where to log out of the provider too, where it was opened at one that lets one */
            leave?: string;
        };
        OwnDataSession: {
            /**
             * @description How sure it is who asks (1: an address was verified)
             * @example 1
             */
            assuranceLevel: number;
            /** @description Their address, as a provider says it; it is kept nowhere */
            email?: string;
            /**
             * @description Who they are, as a provider says it
             * @example Mario Bianchi
             */
            name?: string;
            /** @description What opens it: kept by nobody but who asked */
            session: string;
            /**
             * Format: date-time
             * @description Until when
             */
            until: string;
        };
        OwnFile: {
            /**
             * @description Its media type
             * @example image/png
             */
            mediaType: string;
            /** @description Its name */
            name?: string;
            /** @description Its size in bytes, where it is known */
            size?: number;
        };
        OwnIdentity: {
            /** @description Whether it is certain which person of ours it is; if not, cases that they showed to be theirs are shown alone */
            known: boolean;
            /**
             * @description Name, as the provider says it
             * @example Mario Bianchi
             */
            name: string;
            /**
             * @description By which provider
             * @example spid
             */
            provider: string;
        };
        OwnLook: {
            /**
             * @description What was done
             * @example looked
             * @enum {string}
             */
            act: "looked" | "exported";
            /**
             * Format: date-time
             * @description When
             */
            at: string;
            /**
             * @description Of which office
             * @example URP
             */
            office: string;
            /**
             * @description In which role, in Italian; never who
             * @example operatore di primo livello
             */
            role: string;
        };
        OwnMessage: {
            /**
             * Format: date-time
             * @description When
             */
            at: string;
            /**
             * @description Who said it
             * @example you
             * @enum {string}
             */
            by: "you" | "us";
            /** @description Files */
            files: components["schemas"]["OwnFile"][];
            /** @description What was said */
            text?: string;
        };
        OwnRequest: {
            /**
             * Format: date-time
             * @description When it came
             */
            at: string;
            /**
             * Format: date-time
             * @description When it was decided
             */
            decidedAt?: string;
            /**
             * @description By when it is answered
             * @example 2026-12-26
             */
            dueDate?: string;
            /**
             * @description What is asked
             * @example access
             * @enum {string}
             */
            kind: "access" | "rectification" | "restriction" | "objection" | "erasure";
            /**
             * @description Number of the receipt
             * @example 2026-004217-3
             */
            number: string;
            /**
             * @description Where it stands
             * @example open
             * @enum {string}
             */
            state: "open" | "granted" | "partly_granted" | "refused";
        };
        ParkedPage: {
            /** @description Parked items, the oldest first */
            items: components["schemas"]["ParkedView"][];
            /** @description What to ask `after` for the next page; absent on the last */
            next?: string;
        };
        ParkedView: {
            /** @description Account of the channel */
            account: string;
            /**
             * @description Channel
             * @example webform
             */
            channel: string;
            /**
             * Format: date-time
             * @description When it was parked
             */
            createdAt: string;
            /** @description Class of the fault */
            errorClass?: string;
            /** @description How it begins, as far as it is known */
            excerpt?: string;
            /** @description Who wrote, as far as it is known */
            from?: string;
            /**
             * Format: uuid
             * @description Parked item
             */
            id: string;
            /**
             * @description Why it was parked
             * @example doubtful
             * @enum {string}
             */
            kind: "failed" | "doubtful" | "unreadable" | "lost";
            /**
             * Format: date-time
             * @description When it is tried again by itself
             */
            nextTryAt?: string;
            /** @description Where the original is, as plain text */
            original?: string;
            /**
             * @description Why the original is held until a person releases it
             * @enum {string}
             */
            originalHeld?: "virus" | "unreadable" | "program" | "archive-locked" | "archive-broken" | "archive-many" | "archive-large" | "archive-deep" | "archive-path";
            /**
             * @description What keeps it here
             * @example honeypot filled
             */
            reason: string;
            /**
             * Format: date-time
             * @description When somebody settled it
             */
            settledAt?: string;
            /** @description Who settled it */
            settledBy?: components["schemas"]["OperatorRef"];
            /** @description Why it was discarded */
            settledReason?: string;
            /**
             * @description State
             * @example waiting
             * @enum {string}
             */
            state: "waiting" | "retried" | "discarded";
            /** @description Its title, as far as it is known */
            subject?: string;
            /**
             * @description How many times it was tried
             * @example 2
             */
            tries: number;
            /** @description It is of a case that you do not see: who wrote and what is not shown */
            withheld?: boolean;
        };
        PayAttention: {
            /**
             * @description What they do with it
             * @example writing
             * @enum {string}
             */
            doing: "viewing" | "writing";
        };
        PlaceCall: {
            /** @description Words said to the person first */
            announcement?: string;
            /**
             * Format: uuid
             * @description Conversation to call in; absent: one whose channel can call
             */
            conversation?: string;
            /**
             * @description Where the operator answers
             * @example +390612345678
             */
            operatorAddress: string;
        };
        PlaceHold: {
            /**
             * Format: uuid
             * @description The case; or else `contact`
             */
            case?: string;
            /**
             * Format: uuid
             * @description The contact; or else `case`
             */
            contact?: string;
            /**
             * @description Why
             * @example Contenzioso R.G. 12/2026
             */
            reason: string;
        };
        PlaceView: {
            /**
             * @description Address, in the words of who said it
             * @example Via dei Tigli 3
             */
            address?: string;
            /** @description The smallest area that has the point in it */
            area?: components["schemas"]["AreaRef"];
            /**
             * Format: date-time
             * @description When it was said
             */
            at: string;
            /**
             * @description Latitude, WGS 84 degrees
             * @example 43.8012
             */
            latitude?: number;
            /**
             * @description Longitude, WGS 84 degrees
             * @example 11.2034
             */
            longitude?: number;
            /**
             * @description Who said it
             * @example message
             * @enum {string}
             */
            source: "message" | "form" | "operator";
        };
        PointGeometry: {
            /**
             * @description Longitude and latitude
             * @example [
             *       11.2034,
             *       43.8012
             *     ]
             */
            coordinates: number[];
            /**
             * @description What it is
             * @enum {string}
             */
            type: "Point";
        };
        PolygonGeometry: {
            /**
             * @description The border and its holes, each closed, of longitudes and latitudes
             * @example [
             *       [
             *         [
             *           11.19,
             *           43.79
             *         ],
             *         [
             *           11.21,
             *           43.79
             *         ],
             *         [
             *           11.21,
             *           43.81
             *         ],
             *         [
             *           11.19,
             *           43.79
             *         ]
             *       ]
             *     ]
             */
            coordinates: number[][][];
            /**
             * @description What it is
             * @example Polygon
             * @enum {string}
             */
            type: "Polygon";
        };
        PrepareBulkAction: {
            /** @description These cases */
            cases?: string[];
            /**
             * @description What changes
             * @example {
             *       "priority": "high",
             *       "reason": "Allerta meteo"
             *     }
             */
            change?: components["schemas"]["ChangeCase"];
            /** @description The cases for which every filter holds now */
            filter?: components["schemas"]["CaseFilter"];
            /**
             * Format: uuid
             * @description A macro, as it is now
             */
            macro?: string;
            /** @description What is asked along the life cycle */
            move?: components["schemas"]["MoveCase"];
            /**
             * Format: uuid
             * @description The cases that a view shows now
             */
            view?: string;
        };
        PresenceView: {
            /**
             * @description Weight of what was given to them or taken by hand, beside it
             * @example 0
             */
            byHandLoad: number;
            /**
             * @description How much they can have in hand
             * @example 100
             */
            capacity: number;
            /** @description Channels they answer; absent: all */
            channels?: string[];
            /**
             * Format: date-time
             * @description Last sign of life; none for 30 seconds counts as gone
             */
            heartbeatAt?: string;
            /**
             * @description How much of it is taken by what was offered to them and they accepted
             * @example 40
             */
            load: number;
            /** @description Operator */
            operator: components["schemas"]["OperatorRef"];
            /**
             * Format: date-time
             * @description Since when
             */
            since: string;
            /**
             * @description Where they are
             * @example available
             * @enum {string}
             */
            status: "available" | "busy" | "wrap_up" | "away" | "offline";
            /**
             * Format: date-time
             * @description Until when they write up their last contact
             */
            wrapUpUntil?: string;
        };
        PreviewFit: {
            /**
             * @description Why none would: the name of the problem
             * @example text-too-long
             */
            because?: string;
            /**
             * @description Channel
             * @example email
             */
            channel: string;
            /**
             * @description How long the words are, in the unit of the channel
             * @example 64
             */
            length: number;
            /**
             * @description How long they may be
             * @example 160
             */
            maxLength?: number;
            /**
             * @description What is counted
             * @enum {string}
             */
            unit?: "characters" | "bytes" | "segments";
            /**
             * @description Which words would be sent
             * @example short
             * @enum {string}
             */
            variant?: "full" | "short";
        };
        ProblemView: {
            /** @description What happened to the case since the version that was expected */
            changes?: components["schemas"]["JournalEntryView"][];
            /** @description What happened this time */
            detail?: string;
            /** @description The fields that are not right */
            errors?: components["schemas"]["FieldProblem"][];
            /** @description Correlation id of the request: quote it to whoever runs the system */
            instance?: string;
            /**
             * @description HTTP status
             * @example 409
             */
            status: number;
            /**
             * @description The problem in a few words
             * @example A case cannot go from here to there
             */
            title: string;
            /**
             * @description Which problem: `/problems/<name>`
             * @example /problems/transition-not-allowed
             */
            type: string;
            /** @description Version of the case now, when another was expected */
            version?: number;
        };
        ProcessingRegisterView: {
            /** @description The outline of an assessment of impact (art. 35 GDPR) */
            assessment: components["schemas"]["RegisterSectionView"][];
            /**
             * @description Language
             * @enum {string}
             */
            language: "it" | "en";
            /** @description What the system cannot know */
            questions: components["schemas"]["RegisterQuestionView"][];
            /** @description The register (art. 30 GDPR) */
            register: components["schemas"]["RegisterSectionView"][];
            /** @description Title */
            title: string;
        };
        PurposeList: {
            /** @description All of them, by code */
            items: components["schemas"]["PurposeView"][];
        };
        PurposeTextView: {
            /**
             * @description Language (ISO 639-1)
             * @example it
             */
            language: string;
            /**
             * @description How people call it
             * @example Notiziario
             */
            name: string;
            /**
             * @description What whoever agrees agrees to
             * @example Chiediamo il consenso a inviarti notizie dell’amministrazione.
             */
            text: string;
        };
        PurposeView: {
            /**
             * @description For how many days after a question, or a no, nobody asks again
             * @example 180
             */
            againAfterDays: number;
            /**
             * @description Code
             * @example newsletter
             */
            code: string;
            /** @description Whether a consent holds for one kind of address alone */
            perAddressKind: boolean;
            /** @description No longer asked; what was given for it counts no more */
            retired: boolean;
            /** @description Its words */
            texts: components["schemas"]["PurposeTextView"][];
            /** @description Its version: that of its words too, and its ETag */
            version: number;
        };
        PutTag: {
            /**
             * Format: uuid
             * @description The tag
             * @example 0199a3c2-6f10-7c3e-9d52-6a1d2b8e4f70
             */
            tag: string;
        };
        QueueList: {
            /** @description Queues, by the name of their office */
            items: components["schemas"]["QueueView"][];
        };
        QueueSettingsView: {
            /** @description Offers need no answer */
            autoAccept?: boolean;
            /** @description Minutes offline after which work that is not live goes back to the queue; absent: it does not */
            endOfShiftMinutes?: number;
            /** @description Seconds for which whoever refused is not offered it again */
            excludeSeconds?: number;
            /** @description Seconds to accept an offer */
            leaseSeconds?: number;
            /** @description Offers in a row that lapse before an operator counts as away */
            missesBeforeAway?: number;
            /** @description To how many at once, when the first to accept has it */
            offersAtOnce?: number;
            /** @description What is no longer required after a while */
            rings?: components["schemas"]["RingView"][];
            /** @description How what waits is weighed */
            scoring?: components["schemas"]["ScoringView"];
            /** @description Days for which whoever answered a person is preferred */
            stickyDays?: number;
            /** @description Seconds for which work waits for them alone */
            stickyWaitSeconds?: number;
            /**
             * @description `pull`: operators take, nothing is offered
             * @example longest_idle
             * @enum {string}
             */
            strategy: "pull" | "longest_idle" | "least_loaded" | "round_robin" | "best_skill" | "first_to_accept";
            /** @description Seconds within which work should be in somebody's hands */
            targetSeconds?: number;
            /**
             * @description Version; 0: all is as usual
             * @example 1
             */
            version: number;
            /** @description Seconds after a live contact to write it up */
            wrapUpSeconds?: number;
        };
        QueueView: {
            /** @description Operators who are there and available */
            available: number;
            /** @description Of which can take more */
            free: number;
            /** @description What people have in hand */
            inHand: number;
            /** @description What is being offered */
            offered: number;
            /** @description Office */
            office: components["schemas"]["OfficeRef"];
            /** @description Seconds that the oldest has waited */
            oldestWaitSeconds?: number;
            /**
             * @description How it gives out its work
             * @enum {string}
             */
            strategy: "pull" | "longest_idle" | "least_loaded" | "round_robin" | "best_skill" | "first_to_accept";
            /** @description What waits */
            waiting: number;
        };
        RateService: {
            /**
             * @description The tracking code of the case
             * @example K7QF-2M9X
             */
            code: string;
            /**
             * @description In their own words
             * @example Risposta veloce.
             */
            comment?: string;
            /**
             * @description One of the three faces
             * @example good
             * @enum {string}
             */
            face?: "bad" | "fair" | "good";
            /**
             * @description Below four stars what was difficult, from four on what they liked
             * @example [
             *       "clear_indications"
             *     ]
             */
            reasons?: ("unclear_indications" | "incomplete_indications" | "unsure_of_progress" | "technical_problems" | "other_difficulty" | "clear_indications" | "complete_indications" | "sure_of_progress" | "no_technical_problems" | "other_merit")[];
            /**
             * @description «Quanto è stato facile usare questo servizio?»
             * @example 4
             */
            stars: number;
        };
        RatingView: {
            /**
             * @description In their own words
             * @example Risposta veloce.
             */
            comment?: string;
            /**
             * @description Face, when one was chosen
             * @example good
             * @enum {string}
             */
            face?: "bad" | "fair" | "good";
            /** @description What was difficult, or what they liked */
            reasons: ("unclear_indications" | "incomplete_indications" | "unsure_of_progress" | "technical_problems" | "other_difficulty" | "clear_indications" | "complete_indications" | "sure_of_progress" | "no_technical_problems" | "other_merit")[];
            /**
             * @description Stars, when they were given
             * @example 4
             */
            stars?: number;
            /**
             * Format: date-time
             * @description Until when it can be said, and changed
             */
            until: string;
        };
        ReceiptsCapability: {
            /** @description Tells that it arrived */
            delivered?: boolean;
            /** @description Tells that it was read */
            read?: boolean;
            /** @description Tells that it left */
            sent?: boolean;
        };
        ReceptionCount: {
            /**
             * @description Channel
             * @example email
             */
            channel: string;
            /**
             * @description Day, by the clock of Italy
             * @example 2026-03-03
             */
            day: string;
            /**
             * @description Facts they carried
             * @example 131
             */
            facts: number;
            /**
             * @description How many met each fate: opened, joined, duplicate, recorded, progress, parked, empty
             * @example {
             *       "opened": 80,
             *       "joined": 40,
             *       "duplicate": 8,
             *       "parked": 3
             *     }
             */
            fates: {
                [key: string]: unknown;
            };
            /**
             * @description Facts that a delivery announced and of which nothing is recorded: 0, or somebody must look
             * @example 0
             */
            missing: number;
            /**
             * @description Deliveries to us
             * @example 120
             */
            receptions: number;
        };
        ReceptionItemView: {
            /**
             * @description Written by a machine
             * @enum {string}
             */
            automatic?: "auto_reply" | "bulk" | "bounce" | "receipt" | "notification";
            /**
             * Format: uuid
             * @description The case it belongs to
             */
            case?: string;
            /**
             * @description What became of it
             * @example opened
             * @enum {string}
             */
            fate: "opened" | "joined" | "duplicate" | "recorded" | "progress" | "parked" | "empty";
            /**
             * @description Place among the facts of the delivery, from 0
             * @example 0
             */
            index: number;
            /**
             * Format: uuid
             * @description The message it is
             */
            message?: string;
            /** @description Why it waits for a person */
            parkedBecause?: string;
            /**
             * Format: date-time
             * @description When it was recorded
             */
            recordedAt: string;
        };
        ReceptionReport: {
            /**
             * Format: date-time
             * @description When what waits was last counted
             */
            countedAt: string;
            /** @description For each day and channel */
            items: components["schemas"]["ReceptionCount"][];
            /**
             * @description Facts missing in the whole stretch
             * @example 0
             */
            missing: number;
            /** @description What is on its way or waits */
            waiting: components["schemas"]["WaitingCount"][];
        };
        ReceptionView: {
            /**
             * @description Account of the channel
             * @example urp
             */
            account: string;
            /**
             * @description Channel
             * @example email
             */
            channel: string;
            /**
             * @description Facts the delivery carried
             * @example 1
             */
            facts: number;
            /**
             * Format: uuid
             * @description Reception
             */
            id: string;
            /** @description What became of them, in order */
            items: components["schemas"]["ReceptionItemView"][];
        };
        RecordConsent: {
            /**
             * @description What they decided
             * @example given
             * @enum {string}
             */
            act: "given" | "refused" | "withdrawn";
            /**
             * @description The kind of address it is about; needed to agree to a purpose that is given for each
             * @example email
             */
            addressKind?: string;
            /**
             * Format: uuid
             * @description The case
             */
            case?: string;
            /**
             * @description The paper that proves it, as the office files it; no personal data
             * @example Prot. 1234/2026
             */
            document?: string;
            /**
             * @description How
             * @example desk
             * @enum {string}
             */
            how: "desk" | "call";
            /**
             * @description Language of the words they were told
             * @example it
             */
            language?: string;
            /**
             * Format: uuid
             * @description The call in which it was said
             */
            message?: string;
            /**
             * @description Purpose
             * @example newsletter
             */
            purpose: string;
        };
        RecordMonitoringAuthorization: {
            /**
             * @description What it is
             * @example union_agreement
             * @enum {string}
             */
            kind: "union_agreement" | "inspectorate";
            /**
             * @description The document, as the office files it
             * @example Accordo 12/2026 del 3 marzo 2026
             */
            reference: string;
            /**
             * @description What it allows
             * @example [
             *       "figures"
             *     ]
             */
            scopes: ("figures" | "recordings")[];
            /**
             * @description When it was signed
             * @example 2026-03-03
             */
            signedOn: string;
            /**
             * @description Until when it holds, that day too
             * @example 2028-03-02
             */
            validUntil: string;
        };
        RegisterAnswerHistory: {
            /** @description The newest first */
            items: components["schemas"]["RegisterAnswerView"][];
        };
        RegisterAnswerView: {
            /**
             * Format: date-time
             * @description When
             */
            decidedAt: string;
            /** @description Who answered */
            decidedBy: components["schemas"]["OperatorRef"];
            /** @description What was answered */
            text: string;
            /** @description Version */
            version: number;
        };
        RegisterChase: {
            /**
             * @description What they said, in the words of the operator: it becomes an internal note
             * @example La signora chiede quando sarà riparato il lampione.
             */
            text?: string;
        };
        RegisterQuestionView: {
            /** @description What was answered; absent: nothing yet */
            answer?: string;
            /**
             * @description Code
             * @example hosting
             */
            code: string;
            /** @description By which article */
            law: string;
            /** @description What is asked */
            question: string;
            /**
             * @description Version of the answer, 0 while there is none
             * @example 0
             */
            version: number;
        };
        RegisterRowView: {
            /** @description What stands in it, column by column */
            cells: string[];
        };
        RegisterSectionView: {
            /**
             * @description Code
             * @example purposes
             */
            code: string;
            /** @description Titles of its columns */
            columns: string[];
            /**
             * @description By which article it is asked
             * @example art. 30.1.b
             */
            law: string;
            /** @description Its rows */
            rows: components["schemas"]["RegisterRowView"][];
            /** @description Title */
            title: string;
        };
        RejectOffer: {
            /**
             * @description Why
             * @example Sono al telefono
             */
            reason?: string;
        };
        RelatedCase: {
            /**
             * Format: uuid
             * @description Case
             */
            id: string;
            /**
             * @description Its number
             * @example 2026-004217-3
             */
            number: string;
            /**
             * @description State
             * @example assigned
             * @enum {string}
             */
            state: "received" | "triage" | "assigned" | "in_charge" | "scheduled" | "waiting_citizen" | "waiting_third" | "suspended" | "resolved" | "closed" | "rejected" | "duplicate" | "withdrawn";
            /**
             * @description What it is about, in one line
             * @example Lampione spento in via Roma
             */
            subject: string;
        };
        RelationView: {
            /**
             * @description What it does
             * @enum {string}
             */
            kind: "reply" | "reaction" | "edit" | "delete";
            /**
             * Format: uuid
             * @description The earlier message, when we know it
             */
            message?: string;
        };
        ReleaseAttachment: {
            /**
             * @description Why it may be opened although something was found
             * @example Il tecnico ha aperto il programma in un ambiente protetto
             */
            reason: string;
        };
        ReplyTemplate: {
            /**
             * @description Language
             * @example it
             */
            language: string;
            /**
             * @description Name of the template
             * @example pratica_aggiornata
             */
            name: string;
            /**
             * @description Values, in order
             * @example [
             *       "2026-004217-3"
             *     ]
             */
            parameters: string[];
        };
        ReplyWindowCapability: {
            /** @description Hours for any author */
            hours: number;
            /** @description Hours when a person writes */
            humanHours?: number;
            /** @description Whether a template may be sent outside it */
            templateOutside?: boolean;
        };
        ResponsibleView: {
            /**
             * @description By which title
             * @example named
             * @enum {string}
             */
            as: "named" | "substitute";
            /** @description The office that names them: this one or, when nobody of it is there, one above */
            office: components["schemas"]["OfficeRef"];
            /** @description Who */
            operator: components["schemas"]["OperatorRef"];
        };
        RetentionPolicyList: {
            /** @description What the system itself says, and nobody decides */
            fixed: components["schemas"]["FixedTermView"][];
            /** @description All of them, by code */
            items: components["schemas"]["RetentionPolicyView"][];
        };
        RetentionPolicyView: {
            /**
             * @description `case.<kind>`, `category.<id>` or the name of a thing
             * @example case.report
             */
            code: string;
            /**
             * @description Days beside them
             * @example 0
             */
            days: number;
            /** @description Whether a duty has it kept also when the citizen asks to be erased */
            duty: boolean;
            /**
             * @description Why
             * @example Art. 6.1.e GDPR
             */
            legalBasis: string;
            /**
             * @description Months
             * @example 60
             */
            months: number;
            /**
             * @description 0: as shipped
             * @example 0
             */
            version: number;
        };
        RetentionRunList: {
            /** @description The last ones, the newest first */
            items: components["schemas"]["RetentionRunView"][];
        };
        RetentionRunView: {
            /** @description Whether it runs by day too, and not only from eight in the evening to seven */
            byDay: boolean;
            /** @description Whether the system began it, as the administration decided */
            byItself: boolean;
            /**
             * @description How many it has destroyed, or has begun to, by term
             * @example {
             *       "case.report": 120
             *     }
             */
            counts: {
                [key: string]: unknown;
            };
            /**
             * Format: date-time
             * @description When it was looked at
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it ended
             */
            endedAt?: string;
            /**
             * Format: uuid
             * @description The run
             */
            id: string;
            /** @description What it would destroy, as it was when it was looked at */
            preview: components["schemas"]["OverPreview"][];
            /**
             * Format: date-time
             * @description When it began
             */
            startedAt?: string;
            /**
             * @description How far it is
             * @enum {string}
             */
            state: "previewed" | "running" | "stopped" | "done";
        };
        RetentionScheduleView: {
            /** @description Whether it does */
            active: boolean;
            /**
             * Format: date-time
             * @description When
             */
            decidedAt?: string;
            /** @description Who decided it */
            decidedBy?: components["schemas"]["OperatorRef"];
            /**
             * @description How many cases, and how many of each other thing, go in one night at most
             * @example 2000
             */
            most: number;
            /**
             * @description 0: as shipped
             * @example 0
             */
            version: number;
        };
        RetryMessage: {
            /**
             * @description The state is unknown, and whoever asks accepts that the citizen may receive it twice
             * @example true
             */
            mayArriveTwice?: boolean;
        };
        RightsRequestPage: {
            /** @description Requests, the newest first */
            items: components["schemas"]["RightsRequestView"][];
            /** @description What to ask `after` for the next page; absent on the last */
            next?: string;
        };
        RightsRequestView: {
            /**
             * Format: date-time
             * @description When it came
             */
            askedAt: string;
            /**
             * @description Who wrote it down
             * @example contact
             * @enum {string}
             */
            askedBy: "operator" | "contact";
            /** @description Its case: the number is that of the receipt */
            case: components["schemas"]["CaseRef"];
            /**
             * Format: uuid
             * @description The contact
             */
            contact: string;
            /** @description What is to be put right, while it is open */
            correction?: components["schemas"]["Correction"];
            /**
             * Format: date-time
             * @description When it was decided
             */
            decidedAt?: string;
            /**
             * @description By when it must be answered
             * @example 2026-12-26
             */
            dueDate?: string;
            /**
             * Format: uuid
             * @description Request
             */
            id: string;
            /**
             * @description How it is certain who asks
             * @enum {string}
             */
            identified?: "document" | "known" | "verified_address" | "strong_login";
            /**
             * @description What is asked
             * @example access
             * @enum {string}
             */
            kind: "access" | "rectification" | "restriction" | "objection" | "erasure";
            /** @description Whether that has passed, and it is still open */
            late: boolean;
            /** @description Why it was decided so */
            reason?: string;
            /**
             * @description Where it stands
             * @example open
             * @enum {string}
             */
            state: "open" | "granted" | "partly_granted" | "refused";
            /** @description Its version, and its ETag */
            version: number;
        };
        RingView: {
            /** @description Offices whose operators may take it too */
            addOffices?: string[];
            /**
             * @description From how many seconds of waiting on
             * @example 60
             */
            afterSeconds: number;
            /** @description Skills no longer required; `*`: all */
            dropSkills?: string[];
            /** @description By how much the levels required are lowered */
            lowerLevelsBy?: number;
        };
        RoleList: {
            /** @description All of them */
            items: components["schemas"]["RoleView"][];
        };
        RoleView: {
            /** @description Whether the administration decided it; else it is as shipped */
            decided: boolean;
            /**
             * @description What it may do
             * @example [
             *       "case.read"
             *     ]
             */
            permissions: ("case.read" | "case.work" | "case.bulk" | "case.confidential" | "case.break-glass" | "work.take" | "work.direct" | "share" | "tag.write" | "area.write" | "template.write" | "automation.write" | "settings.write" | "policy.write" | "parked.settle" | "report.read" | "trail.read" | "organisation.write" | "role.write" | "privacy.read" | "privacy.work" | "privacy.decide" | "privacy.erase" | "retention.write")[];
            /**
             * @description Whose cases it sees: all, those that concern the offices one is a member of and those below, or those of offices whose staff is of one’s supplier
             * @example offices
             * @enum {string}
             */
            reach: "administration" | "offices" | "supplier";
            /**
             * @description Role
             * @example specialist
             * @enum {string}
             */
            role: "tier1_operator" | "specialist" | "back_office_member" | "office_head" | "urp_referent" | "supervisor" | "team_leader" | "desk_operator" | "receptionist" | "cabinet_operator" | "kb_editor" | "social_editor" | "protocol_officer" | "contract_manager" | "supplier_manager" | "executive_viewer" | "dpo" | "admin" | "interpreter" | "auditor" | "api_client";
            /** @description Of which level the offices are at most; absent: of every level */
            upToTier?: number;
            /** @description Its version */
            version: number;
        };
        RoutingRuleList: {
            /** @description Rules, in order */
            items: components["schemas"]["RoutingRuleView"][];
        };
        RoutingRuleView: {
            /** @description Category it gives */
            category?: components["schemas"]["CategoryRef"];
            /** @description Code of the level of who may know of the case */
            confidentiality?: string;
            /** @description Code of the deadline policy under which the case begins */
            deadlinePolicy?: string;
            /** @description Whether it decides */
            enabled: boolean;
            /**
             * Format: uuid
             * @description Rule
             */
            id: string;
            /**
             * @description Kind it gives
             * @enum {string}
             */
            kind?: "information" | "assistance" | "report" | "accessibility_report" | "complaint" | "suggestion" | "praise" | "proceeding" | "document_access" | "civic_access" | "foia" | "data_subject_request" | "improvement_proposal";
            /** @description What it names that is not in use here any more: without a `category` or an `area` it holds for nothing new, an `office` gets nothing by it */
            missing: ("category" | "area" | "office")[];
            /** @description What people call it */
            name?: string;
            /** @description Office it gives */
            office?: components["schemas"]["OfficeRef"];
            /**
             * @description Place in the order: the first that holds decides
             * @example 10
             */
            position: number;
            /**
             * @description Priority it gives
             * @enum {string}
             */
            priority?: "low" | "normal" | "high" | "urgent";
            /**
             * @description The same in words (Italian)
             * @example modulo «segnalazione», parole «albero»
             */
            sentence: string;
            /** @description What whoever answers must be able to do */
            skills: components["schemas"]["SkillNeed"][];
            /** @description Codes of the tags it gives */
            tags: string[];
            /** @description When it holds */
            when: components["schemas"]["ConditionsView"];
        };
        RowChange: {
            /**
             * @description What happens
             * @example made
             * @enum {string}
             */
            change: "made" | "changed";
            /**
             * @description Code
             * @example anagrafe
             */
            code: string;
            /**
             * @description Line of the file, 1 being that of the names
             * @example 2
             */
            line: number;
        };
        RowProblem: {
            /**
             * @description Column
             * @example parent
             */
            column?: string;
            /**
             * @description What is wrong
             * @example there is no office with this code
             */
            detail: string;
            /**
             * @description Line of the file, 1 being that of the names
             * @example 4
             */
            line: number;
        };
        SaveDraft: {
            /** @description Files to send with it: the ids of uploads */
            attachments?: string[];
            /**
             * @description The version of the case that whoever writes has before them
             * @example 4
             */
            begunFrom: number;
            /**
             * Format: uuid
             * @description Conversation that the reply is for
             */
            conversation?: string;
            /**
             * Format: uuid
             * @description The key of the draft that is gone on with, or one for what is begun; absent: the one it has, else a new one
             */
            key?: string;
            /** @description Title of the reply */
            subject?: string;
            /**
             * @description The words so far
             * @example Buongiorno, il lampione
             */
            text: string;
            /**
             * @description Where the reply may be seen
             * @enum {string}
             */
            visibility?: "public" | "parties";
        };
        SavedView: {
            /** @description How many cases it shows */
            count: components["schemas"]["FoundCount"];
            /** @description Which cases it shows */
            filter: components["schemas"]["CaseFilter"];
            /**
             * Format: uuid
             * @description View
             */
            id: string;
            /** @description Whether it is of who asks: only they change it */
            mine: boolean;
            /**
             * @description Name
             * @example Urgenti senza assegnatario
             */
            name: string;
            /** @description Whose it is */
            owner: components["schemas"]["OperatorRef"];
            /**
             * @description Its place in the list of its owner
             * @example 1
             */
            position: number;
            /**
             * @description With whom it is shared
             * @example office
             * @enum {string}
             */
            sharedWith: "nobody" | "office" | "administration";
        };
        SavedViews: {
            /** @description One’s own first, then what others share */
            items: components["schemas"]["SavedView"][];
        };
        SaveView: {
            /**
             * @description Which cases it shows
             * @example {
             *       "priority": "urgent",
             *       "unassigned": true,
             *       "open": true
             *     }
             */
            filter: components["schemas"]["CaseFilter"];
            /**
             * @description Name
             * @example Urgenti senza assegnatario
             */
            name: string;
            /**
             * @description Its place in the list of its owner; absent: the last
             * @example 1
             */
            position?: number;
            /**
             * @description With whom it is shared; absent: nobody
             * @example office
             * @enum {string}
             */
            sharedWith?: "nobody" | "office" | "administration";
        };
        ScoringView: {
            /**
             * @description From how many seconds before it is due work gains points
             * @example 600
             */
            dueWithinSeconds: number;
            /**
             * @description Points of what is due
             * @example 15
             */
            ofDue: number;
            /**
             * @description Points of each minute of waiting; above zero, or the last would wait for ever
             * @example 1
             */
            perMinute: number;
            /**
             * @description Points of each level of priority
             * @example 30
             */
            perPriority: number;
        };
        SendView: {
            /**
             * Format: date-time
             * @description When the provider took it
             */
            acceptedAt?: string;
            /**
             * @description Which attempt
             * @example 1
             */
            attempt: number;
            /**
             * Format: date-time
             * @description When it arrived
             */
            deliveredAt?: string;
            /** @description The words of the provider */
            detail?: string;
            /**
             * Format: date-time
             * @description When it failed
             */
            failedAt?: string;
            /**
             * Format: date-time
             * @description Until when it is held, and can be taken back
             */
            heldUntil?: string;
            /** @description Whether a person may order a new attempt */
            mayRetry: boolean;
            /**
             * Format: date-time
             * @description When it was ordered
             */
            queuedAt?: string;
            /**
             * Format: date-time
             * @description When it was read
             */
            readAt?: string;
            /**
             * @description Why it was refused
             * @enum {string}
             */
            reason?: "window_closed" | "opted_out" | "invalid_recipient" | "undeliverable" | "too_long" | "unsupported_content" | "rate_limited" | "unauthorized" | "policy" | "configuration";
            /**
             * Format: date-time
             * @description When it left the provider
             */
            sentAt?: string;
            /**
             * @description Where it stands
             * @example delivered
             * @enum {string}
             */
            state: "queued" | "sending" | "accepted" | "sent" | "delivered" | "read" | "failed" | "unknown" | "withdrawn";
        };
        ServiceToday: {
            /**
             * @description Calls that were given up before anybody answered
             * @example 1
             */
            abandoned: number;
            /**
             * @description Calls that somebody answered
             * @example 10
             */
            answered: number;
            /**
             * @description Seconds until a call was answered, on average
             * @example 21
             */
            answerSeconds?: number;
            /**
             * @description Calls that came in
             * @example 12
             */
            calls: number;
            /**
             * @description What began to wait for a person today
             * @example 40
             */
            came: number;
            /**
             * @description Of which has a target and was taken, or should have been
             * @example 30
             */
            due: number;
            /**
             * @description Of which was taken within the target
             * @example 27
             */
            inTime: number;
            /**
             * @description Seconds until it was taken, on average
             * @example 95
             */
            speedSeconds?: number;
            /**
             * @description Of which is in somebody’s hands, or was
             * @example 36
             */
            taken: number;
        };
        SessionList: {
            /** @description Sessions */
            items: components["schemas"]["SessionView"][];
            /** @description How many one person may have at once; when one more begins, the oldest ends */
            most: number;
        };
        SessionView: {
            /**
             * Format: date-time
             * @description Logged in at
             */
            beganAt: string;
            /** @description It is the one that asks */
            current: boolean;
            /**
             * Format: date-time
             * @description Ends at, however busy it is
             */
            expiresAt: string;
            /**
             * Format: uuid
             * @description Session
             */
            id: string;
            /**
             * Format: date-time
             * @description Last used at, to the minute
             */
            usedAt: string;
            /**
             * @description What the browser calls itself
             * @example Mozilla/5.0 (X11; Linux x86_64)
             */
            userAgent?: string;
        };
        SetConfidentiality: {
            /**
             * @description Code of the level; absent: everybody who sees the case by their offices may know of it
             * @example minors
             */
            level?: string;
            /**
             * @description Why
             * @example Riguarda un minore
             */
            reason: string;
        };
        SetPlace: {
            /**
             * @description Address
             * @example Via dei Tigli 3
             */
            address?: string;
            /**
             * @description Latitude, WGS 84 degrees; with `longitude`
             * @example 43.8012
             */
            latitude?: number;
            /**
             * @description Longitude, WGS 84 degrees; with `latitude`
             * @example 11.2034
             */
            longitude?: number;
        };
        SettingsView: {
            /**
             * @description For how many minutes a case stays open to who opened it in an emergency
             * @example 60
             */
            breakGlassMinutes: number;
            /**
             * Format: uuid
             * @description Operator who protects data: told of every such opening; absent: who administers is
             */
            dataProtectionOfficer?: string;
            /**
             * @description After how many days without being seen somebody, or an office, counts as dormant
             * @example 30
             */
            dormantDays: number;
            /** @description Whether somebody whom nobody linked is known by an address that the identity provider verified */
            linkByEmail: boolean;
            /**
             * @description For how many days after its end the citizen's answer opens a case again; later it opens one that follows it up
             * @example 30
             */
            reopenDays: number;
            /**
             * @description For how many hours a merge of cases can be undone
             * @example 72
             */
            undoMergeHours: number;
            /**
             * @description Version: its ETag, between quotes; 0 while nothing was decided
             * @example 1
             */
            version: number;
            /**
             * @description On which day of the week heads of offices get their letter: 1 Monday to 7 Sunday; 0: never
             * @example 1
             */
            weeklyLetterDay: number;
            /**
             * @description From which hour on, on the clock of the office
             * @example 8
             */
            weeklyLetterHour: number;
        };
        ShowOwnData: {
            /**
             * @description Language of the words of what is agreed to
             * @example it
             */
            language?: string;
            /**
             * @description The session
             * @example q1wD0m3yU5nq7bX2c8Zr4tKfJ9sLhV6gPaEoYiRuTxk
             */
            session: string;
            /** @description Whether it is to be taken away: the trail says so */
            takeAway?: boolean;
        };
        SimulatedCase: {
            /**
             * Format: uuid
             * @description Case
             */
            case: string;
            /** @description Who has it now */
            isNow?: components["schemas"]["OfficeRef"];
            /**
             * @description Kind it would be
             * @enum {string}
             */
            kind: "information" | "assistance" | "report" | "accessibility_report" | "complaint" | "suggestion" | "praise" | "proceeding" | "document_access" | "civic_access" | "foia" | "data_subject_request" | "improvement_proposal";
            /**
             * @description Number
             * @example 2026-004217-3
             */
            number: string;
            /**
             * @description Priority it would have
             * @enum {string}
             */
            priority: "low" | "normal" | "high" | "urgent";
            /** @description Why (Italian) */
            sentence: string;
            /** @description What it is about */
            subject: string;
            /**
             * @description `same`: where it went; `mended`: where people moved it to afterwards; `other`: elsewhere
             * @enum {string}
             */
            verdict: "same" | "mended" | "other";
            /** @description Where it went first */
            went?: components["schemas"]["OfficeRef"];
            /** @description Where it would go */
            would?: components["schemas"]["OfficeRef"];
        };
        SimulateRoutingRules: {
            /**
             * @description How many of the last cases that came by a channel
             * @example 200
             */
            cases?: number;
            /** @description Rules to try, in order; absent: those there are, the ones that are off as if they were on */
            rules?: components["schemas"]["WriteRoutingRule"][];
        };
        SimulationView: {
            /** @description Cases looked at */
            cases: number;
            /** @description Each of them, the newest first */
            items: components["schemas"]["SimulatedCase"][];
            /** @description Of which to where people moved them to */
            mended: number;
            /** @description Of which elsewhere */
            other: number;
            /** @description Of which to where they went */
            same: number;
        };
        SkillNeed: {
            /**
             * @description Least level
             * @example 2
             */
            level: number;
            /** @description Seconds of waiting after which it is no longer required */
            relaxAfterSeconds?: number;
            /**
             * @description Skill; a language is `language:` and its code
             * @example tributi
             */
            skill: string;
        };
        SkillView: {
            /**
             * @description Level
             * @example 3
             */
            level: number;
            /**
             * @description Skill
             * @example tributi
             */
            skill: string;
        };
        SnippetPiece: {
            /** @description Whether they are what was looked for */
            found: boolean;
            /**
             * @description The words
             * @example Il
             */
            text: string;
        };
        SpikeList: {
            /**
             * Format: date-time
             * @description From when on it was counted
             */
            from: string;
            /** @description The most unusual first */
            items: components["schemas"]["SpikeView"][];
            /**
             * Format: date-time
             * @description Until when
             */
            until: string;
            /**
             * @description How many weeks before it was compared with
             * @example 8
             */
            weeks: number;
        };
        SpikeView: {
            /** @description Area in which they are; absent: they are of the office, wherever they are */
            area?: components["schemas"]["AreaRef"];
            /** @description Category */
            category: components["schemas"]["CategoryRef"];
            /**
             * @description How many came
             * @example 14
             */
            count: number;
            /** @description Office that answers for them; absent: they are of the area, whoever answers */
            office?: components["schemas"]["OfficeRef"];
            /**
             * @description How many are usual
             * @example 1.5
             */
            usual: number;
        };
        SplitCase: {
            /**
             * Format: uuid
             * @description Category of the new case; absent: the same
             */
            category?: string;
            /** @description Conversations that leave as a whole */
            conversations?: string[];
            /** @description Messages that leave; with them goes what only changes or answers them in place */
            messages?: string[];
            /**
             * Format: uuid
             * @description Office that answers for it; absent: that of the category, else the same
             */
            office?: string;
            /**
             * @description Why
             * @example Due segnalazioni in un messaggio
             */
            reason?: string;
            /**
             * @description What the new case is about, in one line
             * @example Buca in via Verdi
             */
            subject: string;
            /** @description Open tasks that leave with it */
            tasks?: string[];
        };
        StartRetentionRun: {
            /**
             * @description Whether it runs by day too
             * @example false
             */
            byDay?: boolean;
        };
        SupplierList: {
            /** @description Suppliers, by name */
            items: components["schemas"]["SupplierView"][];
        };
        SupplierView: {
            /**
             * @description Code
             * @example rti-voce
             */
            code: string;
            /**
             * Format: uuid
             * @description Supplier
             */
            id: string;
            /** @description Its lots, by code */
            lots: components["schemas"]["LotView"][];
            /**
             * @description Name
             * @example RTI Voce e Ascolto
             */
            name: string;
            /** @description Its version */
            version: number;
        };
        SurveyReport: {
            /** @description Offices with five ratings or more, the lowest stars first */
            items: components["schemas"]["OfficeSurvey"][];
            /**
             * @description Ratings of offices that have fewer than five, of which nothing is shown
             * @example 3
             */
            withheld: number;
        };
        SuspensionView: {
            /** @description For how many days in all; absent: as long as it takes */
            days?: number;
            /** @description How many times at most; absent: as often as it takes */
            times?: number;
        };
        SystemPart: {
            /** @description Code */
            code: string;
            /** @description Words */
            text: string;
            /**
             * @description Part
             * @enum {string}
             */
            type: "system";
        };
        TagList: {
            /** @description All of them, by label */
            items: components["schemas"]["TagView"][];
        };
        TagRef: {
            /**
             * @description Code
             * @example alluvione_2026
             */
            code: string;
            /**
             * Format: uuid
             * @description Tag
             */
            id: string;
            /**
             * @description As people see it (Italian)
             * @example Alluvione 2026
             */
            label: string;
        };
        TagRefList: {
            /** @description The tags of the case, by label */
            items: components["schemas"]["TagRef"][];
        };
        TagView: {
            /**
             * @description Code
             * @example alluvione_2026
             */
            code: string;
            /**
             * Format: uuid
             * @description Tag
             */
            id: string;
            /**
             * @description As people see it (Italian)
             * @example Alluvione 2026
             */
            label: string;
            /** @description No longer offered */
            retired: boolean;
            /** @description Its version */
            version: number;
        };
        TaskList: {
            /** @description All of them, oldest first */
            items: components["schemas"]["TaskView"][];
        };
        TaskPage: {
            /** @description Tasks, the newest first */
            items: components["schemas"]["TaskView"][];
            /** @description What to ask `after` for the next page; absent on the last */
            next?: string;
        };
        TaskView: {
            /** @description The words of the answer */
            answer?: string;
            /**
             * Format: uuid
             * @description The message that is the answer, when it came by mail
             */
            answerMessage?: string;
            /**
             * Format: date-time
             * @description When it was asked
             */
            askedAt: string;
            /** @description Who asked */
            askedBy: components["schemas"]["OperatorRef"];
            /** @description The body outside that was asked */
            body?: components["schemas"]["OutsideBody"];
            /** @description Its case */
            case: components["schemas"]["CaseRef"];
            /** @description The last day on which the answer is in time */
            dueDate: string;
            /**
             * Format: date-time
             * @description When it was answered, sent back or cancelled
             */
            endedAt?: string;
            /** @description Why more time was needed */
            extensionReason?: string;
            /**
             * Format: uuid
             * @description Task
             */
            id: string;
            /** @description The office asked */
            office?: components["schemas"]["OfficeRef"];
            /**
             * @description The outcome, when one was said
             * @enum {string}
             */
            outcome?: "positive" | "partial" | "negative" | "not_applicable";
            /** @description What was asked */
            question: string;
            /** @description Why it was sent back or cancelled */
            reason?: string;
            /**
             * @description Where it stands
             * @example open
             * @enum {string}
             */
            state: "open" | "answered" | "refused" | "cancelled";
            /**
             * @description Where its term stands
             * @example running
             * @enum {string}
             */
            term?: "running" | "stopped" | "late" | "met" | "met_late" | "void";
        };
        TemplatePage: {
            /** @description Templates, the newest first */
            items: components["schemas"]["TemplateView"][];
            /** @description What to ask `after` for the next page; absent on the last */
            next?: string;
        };
        TemplatePart: {
            /** @description Language */
            language: string;
            /** @description Name of the template */
            name: string;
            /** @description Values, in order */
            parameters: string[];
            /**
             * @description Part
             * @enum {string}
             */
            type: "template";
        };
        TemplatePreview: {
            /** @description What each running channel would take, or the one that was named */
            channels: components["schemas"]["PreviewFit"][];
            /** @description The short words, filled */
            shortText?: string;
            /** @description The words, filled */
            text: string;
        };
        TemplateVariable: {
            /**
             * @description What it holds
             * @example Number of the case
             */
            description: string;
            /**
             * @description What it would print for an invented case
             * @example 2026-004217-3
             */
            example: string;
            /**
             * @description As it is written
             * @example case.number
             */
            name: string;
        };
        TemplateVariableList: {
            /** @description All of them */
            items: components["schemas"]["TemplateVariable"][];
        };
        TemplateView: {
            /**
             * @description Code
             * @example esito_positivo
             */
            code: string;
            /**
             * Format: uuid
             * @description Template
             */
            id: string;
            /**
             * @description Language
             * @example it
             */
            language: string;
            /**
             * @description Name
             * @example Esito positivo
             */
            name: string;
            /**
             * @description The outcome it tells
             * @example positive
             * @enum {string}
             */
            outcome?: "positive" | "partial" | "negative" | "not_applicable";
            /**
             * @description Only for this reason
             * @example done
             */
            outcomeReason?: string;
            /**
             * @description What it is for
             * @example outcome
             * @enum {string}
             */
            purpose: "reply" | "outcome" | "notification";
            /** @description No longer offered nor used */
            retired: boolean;
            /** @description The words where the channel takes few, and of a notice where people talk */
            shortText?: string;
            /**
             * @description The words
             * @example Gentile {{ contact.name | default: "utente" }}, la pratica {{ case.number }} è conclusa.
             */
            text: string;
            /**
             * Format: date-time
             * @description When it last changed
             */
            updatedAt: string;
            /**
             * @description Version: its ETag, between quotes
             * @example 1
             */
            version: number;
        };
        TermView: {
            /**
             * @description How much
             * @example 3
             */
            amount: number;
            /**
             * @description Of what
             * @example working_days
             * @enum {string}
             */
            unit: "working_minutes" | "working_hours" | "working_days" | "calendar_days" | "calendar_months";
        };
        TextCapability: {
            /** @description Longest text */
            maxLength: number;
            /**
             * @description What is counted
             * @enum {string}
             */
            unit?: "characters" | "bytes" | "segments";
        };
        TextPartView: {
            /** @description Where the whole text is, when it is too long */
            href?: string;
            /**
             * @description The words, or their beginning when `href` is given
             * @example Buongiorno, il lampione è spento.
             */
            text: string;
            /**
             * @description Part
             * @enum {string}
             */
            type: "text";
            /** @description The words without the quoted ones */
            visible?: string;
        };
        TimelineEntry: {
            /**
             * Format: date-time
             * @description When
             */
            at: string;
            /** @description The fact */
            fact?: components["schemas"]["JournalEntryView"];
            /** @description The message */
            message?: components["schemas"]["MessageView"];
            /** @description The note */
            note?: components["schemas"]["InternalNoteView"];
            /**
             * @description What it is
             * @example message
             * @enum {string}
             */
            type: "fact" | "message" | "note";
        };
        TopicList: {
            /** @description Topics, by label */
            items: components["schemas"]["TopicView"][];
        };
        TopicRef: {
            /**
             * @description Code
             * @example tari
             */
            code: string;
            /**
             * Format: uuid
             * @description Topic
             */
            id: string;
            /**
             * @description As people see it (Italian)
             * @example TARI, tassa sui rifiuti
             */
            label: string;
        };
        TopicView: {
            /** @description Whether it can still be chosen */
            active: boolean;
            /**
             * @description Code
             * @example tari
             */
            code: string;
            /**
             * Format: uuid
             * @description Topic
             */
            id: string;
            /**
             * @description As people see it (Italian)
             * @example TARI, tassa sui rifiuti
             */
            label: string;
            /** @description Its version */
            version: number;
        };
        TrackCase: {
            /**
             * @description The tracking code
             * @example K7QF-2M9X
             */
            code: string;
            /**
             * @description The number of the case, when it must be this one
             * @example 2026-004217-3
             */
            number?: string;
        };
        TrackedAnswer: {
            /**
             * Format: date-time
             * @description When
             */
            at: string;
            /**
             * Format: uuid
             * @description The answer
             */
            id: string;
            /**
             * @description Office of whoever answered; absent when a machine did
             * @example Strade e Manutenzioni
             */
            office?: string;
            /**
             * @description Its words
             * @example Il lampione è stato riparato.
             */
            text: string;
        };
        TrackedCase: {
            /** @description What was answered, oldest first; the latest fifty */
            answers: components["schemas"]["TrackedAnswer"][];
            /** @description What it holds that the citizen may see */
            fields: components["schemas"]["TrackedField"][];
            /**
             * @description What sort of matter it is
             * @example report
             * @enum {string}
             */
            kind: "information" | "assistance" | "report" | "accessibility_report" | "complaint" | "suggestion" | "praise" | "proceeding" | "document_access" | "civic_access" | "foia" | "data_subject_request" | "improvement_proposal";
            /** @description What happened, oldest first */
            milestones: components["schemas"]["MilestoneView"][];
            /**
             * @description Its number
             * @example 2026-004217-3
             */
            number: string;
            /**
             * @description Office that holds it; until one is chosen, the administration itself, which sorts it
             * @example Ufficio Ambiente
             */
            office: string;
            /**
             * @description Outcome, in words
             * @example Positivo
             */
            outcome?: string;
            /**
             * @description Outcome
             * @example positive
             * @enum {string}
             */
            outcomeCode?: "positive" | "partial" | "negative" | "not_applicable";
            /**
             * @description Why it is so, in words
             * @example Fatto
             */
            outcomeReason?: string;
            /**
             * @description Why it is so, as shipped; absent for a reason of the administration itself
             * @example done
             */
            outcomeReasonCode?: string;
            /** @description How its citizen rates the service; absent while, or when no longer, it can be said */
            rating?: components["schemas"]["RatingView"];
            /** @description What was said in the conversation that the code was given for, oldest first; the latest fifty */
            said: components["schemas"]["TrackedWords"][];
            /**
             * Format: date-time
             * @description Since when
             */
            since: string;
            /** @description No office was chosen yet: the one named here sorts it */
            sorting: boolean;
            /**
             * @description Where it stands, in words
             * @example In carico
             */
            state: string;
            /**
             * @description Where it stands
             * @example in_charge
             * @enum {string}
             */
            stateCode: "received" | "triage" | "assigned" | "in_charge" | "scheduled" | "waiting_citizen" | "waiting_third" | "suspended" | "resolved" | "closed" | "rejected" | "duplicate" | "withdrawn";
            /**
             * Format: date-time
             * @description By when whoever holds it takes it in charge or passes it on; absent once that was done
             */
            takeChargeBy?: string;
            /**
             * Format: date-time
             * @description When the office took it in charge
             */
            takenInChargeAt?: string;
            /**
             * @description Until when, the last day
             * @example 2026-12-31
             */
            until?: string;
            /** @description Whether more can be added with its code; else one answers where the code came */
            writable: boolean;
        };
        TrackedField: {
            /**
             * @description As people see it
             * @example Tipo di lampada
             */
            label: string;
            /**
             * @description What it holds, in words
             * @example LED
             */
            value: string;
        };
        TrackedFile: {
            /**
             * @description Its media type
             * @example image/png
             */
            mediaType: string;
            /**
             * @description Its name
             * @example foto.png
             */
            name?: string;
        };
        TrackedWords: {
            /**
             * Format: date-time
             * @description When
             */
            at: string;
            /** @description Their files */
            files: components["schemas"]["TrackedFile"][];
            /**
             * Format: uuid
             * @description The message
             */
            id: string;
            /**
             * @description Their words
             * @example Il lampione è spento.
             */
            text?: string;
        };
        TrailAnchorView: {
            /**
             * Format: date-time
             * @description When it was signed
             */
            at: string;
            /**
             * @description Local day of the seal
             * @example 2026-03-10
             */
            day: string;
            /**
             * Format: date-time
             * @description Since when; absent: not yet
             */
            heldAt?: string;
            /**
             * @description Who keeps it
             * @example file
             */
            keeper: string;
            /** @description The seal of that day */
            number: number;
            /** @description Why not yet */
            trouble?: string;
        };
        TrailEntryView: {
            /**
             * @description What sort of act
             * @example looked
             * @enum {string}
             */
            act: "looked" | "searched" | "exported" | "changed" | "refused";
            /**
             * Format: date-time
             * @description When
             */
            at: string;
            /**
             * @description Why it was refused
             * @example permission
             * @enum {string}
             */
            because?: "permission" | "not_theirs" | "unseen" | "rule" | "step_up" | "scope" | "foreign_page" | "stale" | "refused" | "unknown_person";
            /** @description The case it belongs to */
            case?: components["schemas"]["CaseRef"];
            /** @description Names of what was said or asked for */
            fields: string[];
            /**
             * Format: uuid
             * @description Entry
             */
            id: string;
            /**
             * @description The operation of this API
             * @example getCase
             */
            operation: string;
            /** @description Who: a person, or an office by the link of its letter; the administration where it is not known who */
            operator: components["schemas"]["OperatorRef"];
            /** @description Whether a seal covers it already */
            sealed: boolean;
            /**
             * Format: uuid
             * @description Which
             */
            subject?: string;
            /**
             * @description What it was done to: a noun of this API
             * @example cases
             */
            subjectKind: string;
            /** @description How often it was refused since the entry before of the same */
            times?: number;
            /** @description The words of a search, as long as they are kept */
            words?: string;
        };
        TrailPage: {
            /** @description Entries, the newest first */
            items: components["schemas"]["TrailEntryView"][];
            /** @description What to ask `after` for the next page; absent on the last */
            next?: string;
        };
        TrailState: {
            /** @description The last anchors, the newest first */
            anchors: components["schemas"]["TrailAnchorView"][];
            /**
             * @description Local day of the last seal; absent: nothing is sealed yet
             * @example 2026-03-10
             */
            day?: string;
            /** @description Its SHA-256, in hexadecimal */
            hash?: string;
            /** @description The last seal of that day */
            number?: number;
            /** @description Public key of the anchors (Ed25519, base64); absent: none are signed */
            publicKey?: string;
        };
        UndoMerge: {
            /**
             * @description Why
             * @example Sono due lampioni diversi
             */
            reason: string;
        };
        UnsupportedPart: {
            /** @description The provider's word for it */
            providerType: string;
            /**
             * @description Part
             * @enum {string}
             */
            type: "unsupported";
        };
        UploadView: {
            /**
             * @description File name
             * @example modulo.pdf
             */
            filename: string;
            /**
             * Format: uuid
             * @description Upload: to be named in `attachments` of a reply
             */
            id: string;
            /**
             * @description Media type, as its bytes show
             * @example application/pdf
             */
            mediaType: string;
            /**
             * @description What the virus check said; `pending`: it may be sent once it is `clean`
             * @enum {string}
             */
            scan: "pending" | "clean" | "infected" | "error" | "skipped";
            /**
             * @description Bytes
             * @example 48213
             */
            size: number;
        };
        ViewCount: {
            /** @description How many */
            count: components["schemas"]["FoundCount"];
            /**
             * Format: uuid
             * @description View
             */
            view: string;
        };
        ViewCounts: {
            /** @description Those that changed */
            items: components["schemas"]["ViewCount"][];
        };
        WaitingCount: {
            /**
             * @description How many
             * @example 3
             */
            count: number;
            /**
             * Format: date-time
             * @description Since when the oldest waits
             */
            since?: string;
            /**
             * @description `overdueReceptions`: kept by a channel and not recorded in time; `outbox`: not on the bus yet; `queued`, `sending`: going out; `unknown`: sent or not, a person decides; `withoutReceipt`: sent a day ago without proof of delivery; `pendingAttachments`: bytes not fetched yet; `parked`: waits for a person; `earlyProgress`: news of a message that we do not know yet
             * @example parked
             * @enum {string}
             */
            what: "overdueReceptions" | "outbox" | "queued" | "sending" | "unknown" | "withoutReceipt" | "pendingAttachments" | "parked" | "earlyProgress";
        };
        WallboardHour: {
            /**
             * @description Calls that were given up before anybody answered
             * @example 1
             */
            abandoned: number;
            /**
             * @description Calls that came in
             * @example 6
             */
            calls: number;
            /**
             * @description Cases that were given an outcome
             * @example 11
             */
            ended: number;
            /**
             * @description From 0 to 23, by the clock of Italy
             * @example 9
             */
            hour: number;
            /**
             * @description Cases that were opened
             * @example 14
             */
            opened: number;
        };
        WallboardOffice: {
            /**
             * @description Open cases by how old they are: as many as `ageDays` says, and one more for what is older
             * @example [
             *       3,
             *       5,
             *       20,
             *       18,
             *       10,
             *       4
             *     ]
             */
            ages: number[];
            /**
             * @description Operators who are there and available
             * @example 3
             */
            available: number;
            /**
             * @description Operators who are there and can take no more
             * @example 2
             */
            busy: number;
            /**
             * Format: date-time
             * @description Since when nobody has been seen to act there; absent: it is not dormant
             */
            dormantSince?: string;
            /**
             * @description Of which can take more
             * @example 1
             */
            free: number;
            /**
             * @description What people have in hand
             * @example 7
             */
            inHand: number;
            /**
             * @description Of which is past a term
             * @example 2
             */
            late: number;
            /**
             * @description What is being offered
             * @example 1
             */
            offered: number;
            /** @description Which */
            office: components["schemas"]["OfficeRef"];
            /**
             * Format: date-time
             * @description When the oldest was opened
             */
            oldestAt?: string;
            /**
             * @description Seconds that the oldest has waited
             * @example 320
             */
            oldestWaitSeconds?: number;
            /**
             * @description Open cases it holds
             * @example 60
             */
            open: number;
            /**
             * @description Seconds within which its queue promises to have work in somebody’s hands
             * @example 3600
             */
            targetSeconds?: number;
            /** @description Its service today; absent where so few people work that it would tell of each of them */
            today?: components["schemas"]["ServiceToday"];
            /**
             * @description Of which nobody has taken charge
             * @example 9
             */
            untaken: number;
            /**
             * @description What waits in its queue
             * @example 4
             */
            waiting: number;
        };
        WallboardView: {
            /**
             * @description Days up to which each class of age goes
             * @example [
             *       1,
             *       3,
             *       7,
             *       15,
             *       30
             *     ]
             */
            ageDays: number[];
            /** @description The channels, by id */
            channels: components["schemas"]["ChannelView"][];
            /**
             * Format: date-time
             * @description When it was counted
             */
            countedAt: string;
            /** @description The hours of today up to now */
            hours: components["schemas"]["WallboardHour"][];
            /** @description Offices with something to show, by name */
            offices: components["schemas"]["WallboardOffice"][];
            /** @description The service of today in all offices together; of small ones only when they are not so few that one could be told apart */
            today: components["schemas"]["ServiceToday"];
            /**
             * @description Open cases that no office holds
             * @example 2
             */
            unassigned: number;
            /** @description Whether the service of small offices is not shown one by one, since no authorisation to do so holds (art. 4 L. 300/1970) */
            withheld: boolean;
        };
        WithdrawIdentification: {
            /**
             * @description Why
             * @example Era un omonimo
             */
            reason: string;
        };
        WordsCondition: {
            /** @description All of them */
            all?: string[];
            /**
             * @description One of them is enough; a final * stands for any ending
             * @example [
             *       "lampion*"
             *     ]
             */
            any?: string[];
            /** @description None of them */
            none?: string[];
        };
        WorkCase: {
            /**
             * Format: uuid
             * @description Case
             */
            id: string;
            /**
             * @description Number
             * @example 2026-004217-3
             */
            number: string;
            /** @description What it is about */
            subject: string;
        };
        WorkItemView: {
            /** @description Whether it was given or taken by hand, beside the capacity */
            byHand: boolean;
            /** @description Case */
            case: components["schemas"]["WorkCase"];
            /** @description Channel */
            channel?: string;
            /**
             * Format: date-time
             * @description When it should be in somebody's hands
             */
            dueAt?: string;
            /** @description The same as data */
            explanation?: {
                [key: string]: unknown;
            };
            /**
             * Format: uuid
             * @description Work item
             */
            id: string;
            /** @description Language, BCP 47 */
            language?: string;
            /** @description To whom it was offered, the oldest first */
            offers: components["schemas"]["OfferView"][];
            /** @description Office in whose queue it is */
            office: components["schemas"]["OfficeRef"];
            /** @description Who has it */
            operator?: components["schemas"]["OperatorRef"];
            /**
             * @description Priority
             * @enum {string}
             */
            priority: "low" | "normal" | "high" | "urgent";
            /** @description Why it is in this queue (Italian) */
            sentence?: string;
            /**
             * Format: date-time
             * @description Since when its wait counts
             */
            since: string;
            /** @description What whoever answers must be able to do */
            skills: components["schemas"]["SkillNeed"][];
            /**
             * @description State
             * @enum {string}
             */
            state: "queued" | "offered" | "assigned" | "done";
            /** @description How much of an operator it takes */
            weight: number;
        };
        WriteAnnouncement: {
            /**
             * @description The words where the channel takes few
             * @example Pratica {{ case.number }}: riparato.
             */
            shortText?: string;
            /**
             * @description The words, in Liquid: filled for each citizen from their own case
             * @example Gentile {{ contact.name | default: "utente" }}, il guasto segnalato con {{ case.number }} è riparato.
             */
            text?: string;
            /**
             * Format: uuid
             * @description A template of ours instead of words
             */
            textTemplate?: string;
        };
        WriteAutomation: {
            /**
             * @description What it does, all or nothing
             * @example {
             *       "change": {
             *         "priority": "urgent"
             *       }
             *     }
             */
            actions: components["schemas"]["CaseActions"];
            /** @description Whether it acts; one that is off can be tried on past cases */
            enabled?: boolean;
            /**
             * @description Name
             * @example Parole di pericolo: urgente
             */
            name: string;
            /**
             * @description Facts that set it off
             * @example [
             *       "opened"
             *     ]
             */
            on?: string[];
            /** @description Or else: hours in which nobody did anything in an open case */
            quietHours?: number;
            /**
             * @description What must hold of the case then
             * @example {
             *       "words": {
             *         "any": [
             *           "pericol*"
             *         ]
             *       }
             *     }
             */
            when: components["schemas"]["AutomationWhen"];
        };
        WriteCategory: {
            /** @description Whether it takes new cases */
            active: boolean;
            /** @description Code of the level that its cases get when they get it */
            confidentiality?: string;
            /**
             * @description Kind its cases usually are
             * @example report
             * @enum {string}
             */
            kind: "information" | "assistance" | "report" | "accessibility_report" | "complaint" | "suggestion" | "praise" | "proceeding" | "document_access" | "civic_access" | "foia" | "data_subject_request" | "improvement_proposal";
            /**
             * @description As people see it (Italian)
             * @example Strade e marciapiedi
             */
            label: string;
            /**
             * Format: uuid
             * @description Office that usually answers
             */
            office?: string;
            /**
             * Format: uuid
             * @description Topic that statistics count it under
             */
            topic?: string;
        };
        WriteDeadlinePolicy: {
            /**
             * Format: uuid
             * @description For this category; absent: for all
             */
            category?: string;
            /**
             * @description What is promised
             * @example take_charge
             * @enum {string}
             */
            clock: "acknowledgement" | "take_charge" | "first_reply" | "resolution" | "task";
            /**
             * @description Its code, the same for every version
             * @example take_charge
             */
            code: string;
            /**
             * @description What silence means when it expires
             * @example none
             * @enum {string}
             */
            effectOnExpiry?: "none" | "silent_consent" | "silent_refusal" | "silent_failure";
            /** @description A term in calendar time that ends on a day without work ends on the next working day */
            endsOnWorkingDay?: boolean;
            /** @description By how much at most it may be extended, once; absent: not at all */
            extension?: components["schemas"]["TermView"];
            /**
             * @description For these kinds; absent: for all
             * @example [
             *       "information"
             *     ]
             */
            kinds?: string[];
            /** @description Who is told, and when */
            ladder?: components["schemas"]["LadderStepView"][];
            /** @description The law sets it: it stops only while the case is suspended by law */
            legal?: boolean;
            /**
             * @description What people call it
             * @example Presa in carico
             */
            name: string;
            /**
             * Format: uuid
             * @description For this office; absent: for all
             */
            office?: string;
            /** @description Only for what a routing rule gives it to: never chosen by kind, category and office */
            onlyByRule?: boolean;
            /** @description It is the date that the citizen is promised */
            promised?: boolean;
            /** @description Nothing begins under it any more */
            retired?: boolean;
            /** @description The norm or decision it comes from */
            source?: string;
            /** @description How often and long it may stop */
            suspension?: components["schemas"]["SuspensionView"];
            /** @description How long */
            term: components["schemas"]["TermView"];
            /**
             * Format: date-time
             * @description From when on; absent: from now on
             */
            validFrom?: string;
            /** @description How long before it is announced */
            warnBefore?: components["schemas"]["TermView"];
        };
        WriteFields: {
            /**
             * @description All of them, in their order
             * @example [
             *       {
             *         "code": "tipo_lampada",
             *         "label": "Tipo di lampada",
             *         "type": "choice",
             *         "required": "closing",
             *         "citizen": true,
             *         "choices": [
             *           {
             *             "code": "led",
             *             "label": "LED"
             *           }
             *         ]
             *       }
             *     ]
             */
            fields: components["schemas"]["FieldSchema"][];
        };
        WriteHours: {
            /**
             * @description One entry for each channel, and one without
             * @example [
             *       {
             *         "opening": [
             *           {
             *             "weekday": 1,
             *             "from": "08:30",
             *             "to": "12:30"
             *           }
             *         ]
             *       }
             *     ]
             */
            hours: components["schemas"]["HoursView"][];
        };
        WriteLevel: {
            /**
             * @description As people see it (Italian)
             * @example Minori
             */
            name: string;
            /**
             * @description Offices that may know of such cases, besides those that hold one or were asked about it
             * @example [
             *       "0199a3c2-6f10-7c3e-9d52-6a1d2b8e4f70"
             *     ]
             */
            offices: string[];
            /**
             * @description Roles that may know of such cases wherever they are
             * @example [
             *       "cabinet_operator"
             *     ]
             */
            roles: ("tier1_operator" | "specialist" | "back_office_member" | "office_head" | "urp_referent" | "supervisor" | "team_leader" | "desk_operator" | "receptionist" | "cabinet_operator" | "kb_editor" | "social_editor" | "protocol_officer" | "contract_manager" | "supplier_manager" | "executive_viewer" | "dpo" | "admin" | "interpreter" | "auditor" | "api_client")[];
        };
        WriteLot: {
            /**
             * @description Code: never changes
             * @example lotto-1
             */
            code: string;
            /**
             * @description Name
             * @example Lotto 1: risposta telefonica
             */
            name: string;
        };
        WriteMacro: {
            /**
             * @description What it does
             * @example {
             *       "change": {
             *         "priority": "high"
             *       },
             *       "note": "Verificare domattina."
             *     }
             */
            actions: components["schemas"]["CaseActions"];
            /**
             * @description Name
             * @example Buca: alle strade, urgente
             */
            name: string;
            /**
             * @description With whom it is shared; absent: nobody
             * @example office
             * @enum {string}
             */
            sharedWith?: "nobody" | "office" | "administration";
        };
        WriteMembership: {
            /**
             * Format: uuid
             * @description Office
             */
            office: string;
            /**
             * @description Role there
             * @example specialist
             * @enum {string}
             */
            role: "tier1_operator" | "specialist" | "back_office_member" | "office_head" | "urp_referent" | "supervisor" | "team_leader" | "desk_operator" | "receptionist" | "cabinet_operator" | "kb_editor" | "social_editor" | "protocol_officer" | "contract_manager" | "supplier_manager" | "executive_viewer" | "dpo" | "admin" | "interpreter" | "auditor" | "api_client";
            /**
             * @description Level of answer there
             * @example 2
             */
            tier: number;
        };
        WriteNote: {
            /**
             * @description The note
             * @example Sentito il manutentore: interviene giovedì.
             */
            text: string;
        };
        WriteOffice: {
            /**
             * @description Where it is
             * @example Via Roma 1, piano terra
             */
            address?: string;
            /**
             * @description E-mail address
             * @example anagrafe@comune.example
             */
            email?: string;
            /**
             * @description Its code in the public index of administrations
             * @example UF1ABC
             */
            ipaCode?: string;
            /**
             * @description What it is in the tree
             * @example office
             * @enum {string}
             */
            kind: "administration" | "department" | "office" | "team";
            /** @description Whether it is written to about what it is given; absent: as before, at first yes */
            letters?: boolean;
            /**
             * Format: uuid
             * @description Lot of that supplier
             */
            lot?: string;
            /**
             * @description Name
             * @example Anagrafe e Stato civile
             */
            name: string;
            /** @description Whether its own hours hold on holidays too */
            openOnHolidays?: boolean;
            /**
             * @description Patron saint, MM-DD
             * @example 10-04
             */
            patronSaint?: string;
            /**
             * @description Telephone
             * @example +39 051 000000
             */
            phone?: string;
            /**
             * Format: uuid
             * @description Operator responsible
             */
            responsible?: string;
            /**
             * Format: uuid
             * @description Operator who steps in when terms expire, for this office and all under it
             */
            substitutePowerHolder?: string;
            /** @description Operators who step in, in order */
            substitutes?: string[];
            /**
             * Format: uuid
             * @description Supplier its staff belong to
             */
            supplier?: string;
            /**
             * @description Level of answer
             * @example 2
             */
            tier: number;
            /** @description Topics it answers for */
            topics?: string[];
        };
        WriteOperator: {
            /**
             * @description E-mail address
             * @example anna.riva@comune.example
             */
            email?: string;
            /**
             * @description Languages, ISO 639
             * @example [
             *       "it",
             *       "en"
             *     ]
             */
            languages?: string[];
            /** @description Where they belong. The main office need not be said: they belong to it */
            memberships?: components["schemas"]["WriteMembership"][];
            /**
             * @description Name
             * @example Anna Riva
             */
            name: string;
            /**
             * Format: uuid
             * @description Main office
             */
            office: string;
            /**
             * @description Telephone
             * @example +39 051 000000
             */
            phone?: string;
            /**
             * @description Role
             * @example urp_referent
             * @enum {string}
             */
            role: "tier1_operator" | "specialist" | "back_office_member" | "office_head" | "urp_referent" | "supervisor" | "team_leader" | "desk_operator" | "receptionist" | "cabinet_operator" | "kb_editor" | "social_editor" | "protocol_officer" | "contract_manager" | "supplier_manager" | "executive_viewer" | "dpo" | "admin" | "interpreter" | "auditor" | "api_client";
        };
        WritePurpose: {
            /**
             * @description For how many days after a question, or a no, nobody asks again
             * @example 180
             */
            againAfterDays: number;
            /** @description Whether a consent holds for one kind of address alone */
            perAddressKind: boolean;
            /** @description No longer asked */
            retired?: boolean;
            /** @description Its words, Italian among them */
            texts: components["schemas"]["PurposeTextView"][];
        };
        WriteQueueSettings: {
            /** @description Offers need no answer */
            autoAccept?: boolean;
            /** @description Minutes offline after which work that is not live goes back to the queue; absent: it does not */
            endOfShiftMinutes?: number;
            /** @description Seconds for which whoever refused is not offered it again */
            excludeSeconds?: number;
            /** @description Seconds to accept an offer */
            leaseSeconds?: number;
            /** @description Offers in a row that lapse before an operator counts as away */
            missesBeforeAway?: number;
            /** @description To how many at once, when the first to accept has it */
            offersAtOnce?: number;
            /** @description What is no longer required after a while */
            rings?: components["schemas"]["RingView"][];
            /** @description How what waits is weighed */
            scoring?: components["schemas"]["ScoringView"];
            /** @description Days for which whoever answered a person is preferred */
            stickyDays?: number;
            /** @description Seconds for which work waits for them alone */
            stickyWaitSeconds?: number;
            /**
             * @description `pull`: operators take, nothing is offered
             * @example longest_idle
             * @enum {string}
             */
            strategy: "pull" | "longest_idle" | "least_loaded" | "round_robin" | "best_skill" | "first_to_accept";
            /** @description Seconds within which work should be in somebody's hands */
            targetSeconds?: number;
            /** @description Seconds after a live contact to write it up */
            wrapUpSeconds?: number;
        };
        WriteRegisterAnswer: {
            /**
             * @description The answer: nothing of single citizens
             * @example Centro dati regionale, Bologna; contratto 12/2026
             */
            text: string;
        };
        WriteReply: {
            /** @description Files to send with it: the ids of uploads */
            attachments?: string[];
            /**
             * @description Why a public answer may hold what looks like personal data; kept with the message
             * @example È il numero pubblico del servizio
             */
            confirm?: string;
            /**
             * Format: uuid
             * @description Conversation to answer in; absent: the one of the last message from the citizen
             */
            conversation?: string;
            /**
             * @description Seconds for which it is held, and can be taken back, before it leaves
             * @example 10
             */
            sendAfter?: number;
            /** @description Title, where the channel has one; absent: that of the message answered */
            subject?: string;
            /** @description The template that speaks instead */
            template?: components["schemas"]["ReplyTemplate"];
            /**
             * @description The words; absent when a template speaks, or files alone
             * @example Buongiorno, il lampione sarà riparato giovedì. Cordiali saluti
             */
            text?: string;
            /**
             * Format: uuid
             * @description A template of ours, filled from the case, instead of words
             */
            textTemplate?: string;
            /**
             * @description Where the answer may be seen; absent: where the message answered was
             * @enum {string}
             */
            visibility?: "public" | "parties";
        };
        WriteRetentionPolicy: {
            /**
             * @description Days beside them
             * @example 0
             */
            days: number;
            /** @description Whether a duty has it kept also when the citizen asks to be erased */
            duty: boolean;
            /**
             * @description Why
             * @example Massimario di selezione e scarto
             */
            legalBasis: string;
            /**
             * @description Months after the end of the case, or after the thing came
             * @example 60
             */
            months: number;
        };
        WriteRetentionSchedule: {
            /** @description Whether what has had its time goes every night */
            active: boolean;
            /**
             * @description How many cases, and how many of each other thing, go in one night at most
             * @example 2000
             */
            most?: number;
        };
        WriteRoutingRule: {
            /**
             * Format: uuid
             * @description Category it gives
             */
            category?: string;
            /** @description Code of the level of who may know of the case */
            confidentiality?: string;
            /** @description Code of the deadline policy under which the case begins */
            deadlinePolicy?: string;
            /** @description Whether it decides; one that is off can be tried on past cases */
            enabled?: boolean;
            /**
             * @description Kind it gives
             * @enum {string}
             */
            kind?: "information" | "assistance" | "report" | "accessibility_report" | "complaint" | "suggestion" | "praise" | "proceeding" | "document_access" | "civic_access" | "foia" | "data_subject_request" | "improvement_proposal";
            /**
             * @description What people call it
             * @example Alberi caduti
             */
            name?: string;
            /**
             * Format: uuid
             * @description Office it gives
             */
            office?: string;
            /**
             * @description Priority it gives
             * @enum {string}
             */
            priority?: "low" | "normal" | "high" | "urgent";
            /** @description What whoever answers must be able to do */
            skills?: components["schemas"]["SkillNeed"][];
            /** @description Codes of the tags it gives */
            tags?: string[];
            /** @description When it holds */
            when: components["schemas"]["ConditionsView"];
        };
        WriteSupplier: {
            /** @description All its lots. One that an office belongs to cannot be left out */
            lots: components["schemas"]["WriteLot"][];
            /**
             * @description Name
             * @example RTI Voce e Ascolto
             */
            name: string;
        };
        WriteTag: {
            /**
             * @description Code
             * @example alluvione_2026
             */
            code: string;
            /**
             * @description As people see it (Italian)
             * @example Alluvione 2026
             */
            label: string;
        };
        WriteTemplate: {
            /**
             * @description Code: the same in every language
             * @example esito_positivo
             */
            code: string;
            /**
             * @description Language
             * @example it
             */
            language: string;
            /**
             * @description Name, as operators see it (Italian)
             * @example Esito positivo
             */
            name: string;
            /**
             * @description The outcome it tells: with purpose `outcome` only
             * @example positive
             * @enum {string}
             */
            outcome?: "positive" | "partial" | "negative" | "not_applicable";
            /**
             * @description Only for this reason of the outcome
             * @example done
             */
            outcomeReason?: string;
            /**
             * @description What it is for
             * @example outcome
             * @enum {string}
             */
            purpose: "reply" | "outcome" | "notification";
            /**
             * @description The words where the channel takes few, and of a notice where people talk
             * @example Pratica {{ case.number }} conclusa.
             */
            shortText?: string;
            /**
             * @description The words, in Liquid: variables and conditions, nothing that reads from elsewhere
             * @example Gentile {{ contact.name | default: "utente" }}, la pratica {{ case.number }} è conclusa.
             */
            text: string;
        };
        WriteTopic: {
            /** @description Whether it can still be chosen */
            active: boolean;
            /**
             * @description As people see it (Italian)
             * @example TARI, tassa sui rifiuti
             */
            label: string;
        };
    };
    responses: {
        /** @description `already-said`: This draft was said already */
        "already-said": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemView"];
            };
        };
        /** @description `cannot-be-withdrawn`: What has left cannot be taken back */
        "cannot-be-withdrawn": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemView"];
            };
        };
        /** @description `channel-cannot`: The channel cannot do this. `idempotency-mismatch`: This key was used for another request. `no-reply-address`: There is no address to answer at. `processing-restricted`: The data of this person rest: nothing more is done with them. `reply-window-closed`: The channel no longer accepts a free reply */
        "channel-cannot.idempotency-mismatch.no-reply-address.processing-restricted.reply-window-closed": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemView"];
            };
        };
        /** @description `channel-cannot`: The channel cannot do this. `idempotency-mismatch`: This key was used for another request. `no-reply-address`: There is no address to answer at. `reply-window-closed`: The channel no longer accepts a free reply. `transition-not-allowed`: A case cannot go from here to there */
        "channel-cannot.idempotency-mismatch.no-reply-address.reply-window-closed.transition-not-allowed": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemView"];
            };
        };
        /** @description `channel-cannot`: The channel cannot do this. `no-reply-address`: There is no address to answer at. `processing-restricted`: The data of this person rest: nothing more is done with them. `reply-window-closed`: The channel no longer accepts a free reply. `transition-not-allowed`: A case cannot go from here to there */
        "channel-cannot.no-reply-address.processing-restricted.reply-window-closed.transition-not-allowed": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemView"];
            };
        };
        /** @description `channel-cannot`: The channel cannot do this. `no-reply-address`: There is no address to answer at. `reply-window-closed`: The channel no longer accepts a free reply */
        "channel-cannot.no-reply-address.reply-window-closed": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemView"];
            };
        };
        /** @description `channel-cannot`: The channel cannot do this. `no-reply-address`: There is no address to answer at. `reply-window-closed`: The channel no longer accepts a free reply. `transition-not-allowed`: A case cannot go from here to there */
        "channel-cannot.no-reply-address.reply-window-closed.transition-not-allowed": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemView"];
            };
        };
        /** @description `foreign-page`: The request does not come from our own pages. `login-not-usable`: The login does not say who it is. `login-refused`: The login was not confirmed. `login-too-weak`: The login was not strong enough. `not-allowed`: You may not do this */
        "foreign-page.login-not-usable.login-refused.login-too-weak.not-allowed": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemView"];
            };
        };
        /** @description `foreign-page`: The request does not come from our own pages. `not-allowed`: You may not do this */
        "foreign-page.not-allowed": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemView"];
            };
        };
        /** @description `idempotency-mismatch`: This key was used for another request */
        "idempotency-mismatch": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemView"];
            };
        };
        /** @description `idempotency-mismatch`: This key was used for another request. `kept-by-law`: The law has it kept for now */
        "idempotency-mismatch.kept-by-law": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemView"];
            };
        };
        /** @description `idempotency-mismatch`: This key was used for another request. `reply-window-closed`: The channel no longer accepts a free reply. `transition-not-allowed`: A case cannot go from here to there */
        "idempotency-mismatch.reply-window-closed.transition-not-allowed": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemView"];
            };
        };
        /** @description `idempotency-mismatch`: This key was used for another request. `transition-not-allowed`: A case cannot go from here to there */
        "idempotency-mismatch.transition-not-allowed": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemView"];
            };
        };
        /** @description `internal-error`: Something went wrong on our side */
        "internal-error": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemView"];
            };
        };
        /** @description `invalid-input`: Some fields are not right */
        "invalid-input": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemView"];
            };
        };
        /** @description `invalid-input`: Some fields are not right. `outcome-required`: Say with which outcome the case ends. `personal-data`: What everybody will read may hold personal data. `text-too-long`: The text is longer than the channel accepts */
        "invalid-input.outcome-required.personal-data.text-too-long": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemView"];
            };
        };
        /** @description `invalid-input`: Some fields are not right. `personal-data`: What everybody will read may hold personal data. `text-too-long`: The text is longer than the channel accepts */
        "invalid-input.personal-data.text-too-long": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemView"];
            };
        };
        /** @description `invalid-input`: Some fields are not right. `text-too-long`: The text is longer than the channel accepts */
        "invalid-input.text-too-long": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemView"];
            };
        };
        /** @description `malformed-request`: The request cannot be read */
        "malformed-request": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemView"];
            };
        };
        /** @description `media-type-not-accepted`: What was sent is of a sort that is not read here */
        "media-type-not-accepted": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemView"];
            };
        };
        /** @description `not-authenticated`: Say who you are */
        "not-authenticated": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemView"];
            };
        };
        /** @description `not-authenticated`: Say who you are. `step-up-required`: Log in again to do this */
        "not-authenticated.step-up-required": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemView"];
            };
        };
        /** @description `not-found`: There is nothing here */
        "not-found": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemView"];
            };
        };
        /** @description `offer-over`: This offer is over */
        "offer-over": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemView"];
            };
        };
        /** @description `offer-over`: This offer is over. `transition-not-allowed`: A case cannot go from here to there */
        "offer-over.transition-not-allowed": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemView"];
            };
        };
        /** @description `office-in-use`: The office still holds something */
        "office-in-use": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemView"];
            };
        };
        /** @description `office-in-use`: The office still holds something. `transition-not-allowed`: A case cannot go from here to there */
        "office-in-use.transition-not-allowed": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemView"];
            };
        };
        /** @description `retention-under-way`: Another run of retention is under way */
        "retention-under-way": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemView"];
            };
        };
        /** @description `retry-not-allowed`: Only a failed or unknown message can be sent again */
        "retry-not-allowed": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemView"];
            };
        };
        /** @description `temporarily-unavailable`: Not available right now: try again shortly */
        "temporarily-unavailable": {
            headers: {
                /** @description Seconds to wait */
                "Retry-After"?: number;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemView"];
            };
        };
        /** @description `too-large`: What was sent is too large */
        "too-large": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemView"];
            };
        };
        /** @description `too-many-requests`: Too many requests: try again later */
        "too-many-requests": {
            headers: {
                /** @description Seconds to wait */
                "Retry-After"?: number;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemView"];
            };
        };
        /** @description `transition-not-allowed`: A case cannot go from here to there */
        "transition-not-allowed": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemView"];
            };
        };
        /** @description `version-required`: Say which version you are changing */
        "version-required": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemView"];
            };
        };
        /** @description `version-stale`: Someone changed it first */
        "version-stale": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemView"];
            };
        };
    };
    parameters: {
        /** @description Of this sort */
        act: "looked" | "searched" | "exported" | "changed" | "refused";
        /** @description The `next` of the page before */
        after: string;
        /** @description Area that its place is in */
        area: string;
        /** @description Only those assigned to who asks */
        assignedToMe: boolean;
        /** @description Operator it is assigned to */
        assignee: string;
        /** @description Before */
        before: string;
        /** @description Category */
        category: string;
        /** @description Only the confidential ones, or only the others */
        confidential: boolean;
        /** @description Contact */
        contact: string;
        /** @description With a term that ends before this instant */
        dueBefore: string;
        /** @description Code of a field of the category, which holds `fieldValue`, or anything */
        field: string;
        /** @description What the field holds: a text, a number, a date, `true` or `false`, or one of its choices */
        fieldValue: string;
        /** @description Only those that who asks follows */
        followedByMe: boolean;
        /** @description A UUID made by the client: the id of what is made. Sending the same request again under the same key does nothing and answers the same. */
        "Idempotency-Key": string;
        /** @description Only those of which a term has expired, or only those of which none has */
        late: boolean;
        /** @description Most items of the page */
        limit: number;
        /** @description `preview`: says what would happen, and changes nothing. `apply`: all of it, or nothing */
        mode: "preview" | "apply";
        /** @description Number of the case */
        number: string;
        /** @description Only those of the office of who asks */
        ofMyOffice: boolean;
        /** @description Only the open ones, or only the ended ones */
        open: boolean;
        /** @description Opened before this instant */
        openedBefore: string;
        /** @description Opened at this instant or later */
        openedFrom: string;
        /** @description Of this operator */
        operator: string;
        /** @description The newest first (what it is unless said), or those that say it most, among the thousand newest */
        order: "newest" | "relevance";
        /** @description Priority */
        priority: "low" | "normal" | "high" | "urgent";
        /** @description About this very thing: a contact, a message … */
        subject: string;
        /** @description Only those that are assigned to nobody, or only those that are */
        unassigned: boolean;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getAnnouncement: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The announcement */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Whom it reached, and whom it could not */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnnouncementView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    listAreas: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Every area, by name */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AreaList"];
                };
            };
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    drawArea: {
        parameters: {
            query?: never;
            header?: {
                /** @description A UUID made by the client: the id of what is made. Sending the same request again under the same key does nothing and answers the same. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DrawArea"];
            };
        };
        responses: {
            /** @description The area */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AreaView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            409: components["responses"]["idempotency-mismatch"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    getArea: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The area */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The area */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AreaView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    removeArea: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The area */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    changeArea: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The area */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeArea"];
            };
        };
        responses: {
            /** @description The area after it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AreaView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    getAttachment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The attachment */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The bytes, as a file to keep */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    releaseAttachment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The attachment */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReleaseAttachment"];
            };
        };
        responses: {
            /** @description It is released, and who did it and why is kept */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    listAutomations: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AutomationList"];
                };
            };
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    writeAutomation: {
        parameters: {
            query?: never;
            header?: {
                /** @description A UUID made by the client: the id of what is made. Sending the same request again under the same key does nothing and answers the same. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WriteAutomation"];
            };
        };
        responses: {
            /** @description The automation */
            201: {
                headers: {
                    /**
                     * @description Its version, between quotes
                     * @example "4"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AutomationView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            409: components["responses"]["idempotency-mismatch"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    getAutomation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The automation */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The automation */
            200: {
                headers: {
                    /**
                     * @description Its version, between quotes
                     * @example "4"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AutomationView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    changeAutomation: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of what was seen; `*` is refused. */
                "If-Match": string;
            };
            path: {
                /** @description The automation */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WriteAutomation"];
            };
        };
        responses: {
            /** @description The automation after it */
            200: {
                headers: {
                    /**
                     * @description Its version, between quotes
                     * @example "4"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AutomationView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            412: components["responses"]["version-stale"];
            422: components["responses"]["invalid-input"];
            428: components["responses"]["version-required"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    listRunsOfAutomation: {
        parameters: {
            query?: {
                /** @description The `next` of the page before */
                after?: components["parameters"]["after"];
                /** @description Most items of the page */
                limit?: components["parameters"]["limit"];
                /** @description Of which this became */
                state?: "waiting" | "done" | "skipped" | "refused";
            };
            header?: never;
            path: {
                /** @description The automation */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page, the newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AutomationRunPage"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    simulateAutomation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WriteAutomation"];
            };
        };
        responses: {
            /** @description On which it would act */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AutomationSimulation"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    listOpenedCases: {
        parameters: {
            query?: {
                /** @description The `next` of the page before */
                after?: components["parameters"]["after"];
                /** @description Most items of the page */
                limit?: components["parameters"]["limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of openings */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenedCasePage"];
                };
            };
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    listBulkActions: {
        parameters: {
            query?: {
                /** @description The `next` of the page before */
                after?: components["parameters"]["after"];
                /** @description Most items of the page */
                limit?: components["parameters"]["limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of bulk actions */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkActionPage"];
                };
            };
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    prepareBulkAction: {
        parameters: {
            query?: never;
            header?: {
                /** @description A UUID made by the client: the id of what is made. Sending the same request again under the same key does nothing and answers the same. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PrepareBulkAction"];
            };
        };
        responses: {
            /** @description What it would do */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkActionView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            409: components["responses"]["idempotency-mismatch"];
            413: components["responses"]["too-large"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    getBulkAction: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The bulk action */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The bulk action */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkActionView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    listBulkItems: {
        parameters: {
            query?: {
                /** @description The `next` of the page before */
                after?: components["parameters"]["after"];
                /** @description Most items of the page */
                limit?: components["parameters"]["limit"];
                /** @description Only those that stand so */
                state?: "waiting" | "done" | "refused";
            };
            header?: never;
            path: {
                /** @description The bulk action */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of cases */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkItemPage"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    startBulkAction: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The bulk action */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The bulk action */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkActionView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    stopBulkAction: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The bulk action */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The bulk action */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkActionView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    listCases: {
        parameters: {
            query?: {
                /** @description The `next` of the page before */
                after?: components["parameters"]["after"];
                /** @description Area that its place is in */
                area?: components["parameters"]["area"];
                /** @description Only those assigned to who asks */
                assignedToMe?: components["parameters"]["assignedToMe"];
                /** @description Operator it is assigned to */
                assignee?: components["parameters"]["assignee"];
                /** @description Category */
                category?: components["parameters"]["category"];
                /** @description Channel it was opened on */
                channel?: string;
                /** @description Only the confidential ones, or only the others */
                confidential?: components["parameters"]["confidential"];
                /** @description Contact */
                contact?: components["parameters"]["contact"];
                /** @description With a term that ends before this instant */
                dueBefore?: components["parameters"]["dueBefore"];
                /** @description Code of a field of the category, which holds `fieldValue`, or anything */
                field?: components["parameters"]["field"];
                /** @description What the field holds: a text, a number, a date, `true` or `false`, or one of its choices */
                fieldValue?: components["parameters"]["fieldValue"];
                /** @description Only those that who asks follows */
                followedByMe?: components["parameters"]["followedByMe"];
                /** @description Kind */
                kind?: "information" | "assistance" | "report" | "accessibility_report" | "complaint" | "suggestion" | "praise" | "proceeding" | "document_access" | "civic_access" | "foia" | "data_subject_request" | "improvement_proposal";
                /** @description Only those of which a term has expired, or only those of which none has */
                late?: components["parameters"]["late"];
                /** @description Most items of the page */
                limit?: components["parameters"]["limit"];
                /** @description Number of the case */
                number?: components["parameters"]["number"];
                /** @description Office that answers */
                office?: string;
                /** @description Only those of the office of who asks */
                ofMyOffice?: components["parameters"]["ofMyOffice"];
                /** @description Only the open ones, or only the ended ones */
                open?: components["parameters"]["open"];
                /** @description Opened before this instant */
                openedBefore?: components["parameters"]["openedBefore"];
                /** @description Opened at this instant or later */
                openedFrom?: components["parameters"]["openedFrom"];
                /** @description Priority */
                priority?: components["parameters"]["priority"];
                /** @description The newest first, or those whose next term ends first; a search by words has its own order */
                sort?: "newest" | "nextDue";
                /** @description State */
                state?: "received" | "triage" | "assigned" | "in_charge" | "scheduled" | "waiting_citizen" | "waiting_third" | "suspended" | "resolved" | "closed" | "rejected" | "duplicate" | "withdrawn";
                /** @description Tag */
                tag?: string;
                /** @description Words of its title, of what was said or of who said it, or part of a name, address or number */
                text?: string;
                /** @description Only those that are assigned to nobody, or only those that are */
                unassigned?: components["parameters"]["unassigned"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of cases */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CasePage"];
                };
            };
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    openCase: {
        parameters: {
            query?: never;
            header?: {
                /** @description A UUID made by the client: the id of what is made. Sending the same request again under the same key does nothing and answers the same. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OpenCaseByHand"];
            };
        };
        responses: {
            /** @description The case */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            409: components["responses"]["idempotency-mismatch"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    getCase: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The case */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The case */
            200: {
                headers: {
                    /**
                     * @description Its version, between quotes
                     * @example "4"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    changeCase: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of what was seen; `*` is refused. */
                "If-Match": string;
            };
            path: {
                /** @description The case */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeCase"];
            };
        };
        responses: {
            /** @description The case after it */
            200: {
                headers: {
                    /**
                     * @description Its version, between quotes
                     * @example "4"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseView"];
                };
            };
            /** @description It is done; the case is no longer one that they see */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            409: components["responses"]["transition-not-allowed"];
            412: components["responses"]["version-stale"];
            422: components["responses"]["invalid-input"];
            428: components["responses"]["version-required"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    announce: {
        parameters: {
            query?: never;
            header?: {
                /** @description A UUID made by the client: the id of what is made. Sending the same request again under the same key does nothing and answers the same. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The head */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WriteAnnouncement"];
            };
        };
        responses: {
            /** @description How far it has come */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnnouncementView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            409: components["responses"]["idempotency-mismatch.transition-not-allowed"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    getAttention: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The case */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who, and whether they write */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AttentionList"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    payAttention: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The case */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PayAttention"];
            };
        };
        responses: {
            /** @description Who has it before them now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AttentionList"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    endAttention: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The case */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description They are gone */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    listAutomationRunsOfCase: {
        parameters: {
            query?: {
                /** @description The `next` of the page before */
                after?: components["parameters"]["after"];
                /** @description Most items of the page */
                limit?: components["parameters"]["limit"];
                /** @description Of which this became */
                state?: "waiting" | "done" | "skipped" | "refused";
            };
            header?: never;
            path: {
                /** @description The case */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page, the newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AutomationRunPage"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    call: {
        parameters: {
            query?: never;
            header?: {
                /** @description A UUID made by the client: the id of what is made. Sending the same request again under the same key does nothing and answers the same. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The case */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PlaceCall"];
            };
        };
        responses: {
            /** @description The call, ordered */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            409: components["responses"]["channel-cannot.idempotency-mismatch.no-reply-address.processing-restricted.reply-window-closed"];
            422: components["responses"]["invalid-input.personal-data.text-too-long"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    registerChase: {
        parameters: {
            query?: never;
            header?: {
                /** @description A UUID made by the client: the id of what is made. Sending the same request again under the same key does nothing and answers the same. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The case */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RegisterChase"];
            };
        };
        responses: {
            /** @description The case after it */
            201: {
                headers: {
                    /**
                     * @description Its version, between quotes
                     * @example "4"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            409: components["responses"]["idempotency-mismatch.transition-not-allowed"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    setConfidentiality: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of what was seen; `*` is refused. */
                "If-Match": string;
            };
            path: {
                /** @description The case */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetConfidentiality"];
            };
        };
        responses: {
            /** @description The case after it */
            200: {
                headers: {
                    /**
                     * @description Its version, between quotes
                     * @example "4"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseView"];
                };
            };
            /** @description It is done; the case is no longer one that they see */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            409: components["responses"]["transition-not-allowed"];
            412: components["responses"]["version-stale"];
            422: components["responses"]["invalid-input"];
            428: components["responses"]["version-required"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    getDraft: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The case */
                id: string;
                /** @description What it is to be */
                kind: "reply" | "note";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The draft */
            200: {
                headers: {
                    /**
                     * @description Its version, between quotes
                     * @example "4"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DraftView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    saveDraft: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of what was seen; `*` is refused. */
                "If-Match": string;
            };
            path: {
                /** @description The case */
                id: string;
                /** @description What it is to be */
                kind: "reply" | "note";
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SaveDraft"];
            };
        };
        responses: {
            /** @description The draft as it is kept */
            200: {
                headers: {
                    /**
                     * @description Its version, between quotes
                     * @example "4"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DraftView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            409: components["responses"]["already-said"];
            412: components["responses"]["version-stale"];
            413: components["responses"]["too-large"];
            422: components["responses"]["invalid-input"];
            428: components["responses"]["version-required"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    discardDraft: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of what was seen; `*` is refused. */
                "If-Match": string;
            };
            path: {
                /** @description The case */
                id: string;
                /** @description What it is to be */
                kind: "reply" | "note";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description There is none any more */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            412: components["responses"]["version-stale"];
            428: components["responses"]["version-required"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    followCase: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The case */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who follows it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FollowerList"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    unfollowCase: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The case */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who follows it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FollowerList"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    suggestIncident: {
        parameters: {
            query?: {
                /** @description Opened within so many hours of this case */
                hours?: number;
            };
            header?: never;
            path: {
                /** @description The case */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The likeliest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IncidentSuggestionList"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    writeNote: {
        parameters: {
            query?: never;
            header?: {
                /** @description A UUID made by the client: the id of what is made. Sending the same request again under the same key does nothing and answers the same. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description The ETag of the draft that is said, or `"0"` where none was seen: refused when other words were saved since. */
                "If-Match"?: string;
            };
            path: {
                /** @description The case */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WriteNote"];
            };
        };
        responses: {
            /** @description The note */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InternalNoteView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            409: components["responses"]["idempotency-mismatch"];
            412: components["responses"]["version-stale"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    getJournal: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The case */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Every fact, oldest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JournalView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    linkCases: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The case */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LinkCases"];
            };
        };
        responses: {
            /** @description Its relations after it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseRelationList"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            409: components["responses"]["transition-not-allowed"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    unlinkCases: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The case */
                id: string;
                /** @description The other case */
                other: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Its relations after it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseRelationList"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            409: components["responses"]["transition-not-allowed"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    applyMacro: {
        parameters: {
            query?: never;
            header: {
                /** @description A UUID made by the client: the id of what is made. Sending the same request again under the same key does nothing and answers the same. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description The ETag of what was seen; `*` is refused. */
                "If-Match": string;
            };
            path: {
                /** @description The case */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApplyMacro"];
            };
        };
        responses: {
            /** @description The case after it */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            409: components["responses"]["idempotency-mismatch.reply-window-closed.transition-not-allowed"];
            412: components["responses"]["version-stale"];
            422: components["responses"]["invalid-input"];
            428: components["responses"]["version-required"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    previewMacro: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The case */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApplyMacro"];
            };
        };
        responses: {
            /** @description What would be written in its journal */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ActionsPreview"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    previewMembers: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The head */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AttachCases"];
            };
        };
        responses: {
            /** @description Nothing is changed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MemberPreviews"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            409: components["responses"]["transition-not-allowed"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    detachCases: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The head */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DetachCases"];
            };
        };
        responses: {
            /** @description Its relations after it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseRelationList"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            409: components["responses"]["transition-not-allowed"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    attachCases: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The head */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AttachCases"];
            };
        };
        responses: {
            /** @description Its relations after it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseRelationList"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            409: components["responses"]["transition-not-allowed"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    mergeCases: {
        parameters: {
            query?: never;
            header: {
                /** @description A UUID made by the client: the id of what is made. Sending the same request again under the same key does nothing and answers the same. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description The ETag of what was seen; `*` is refused. */
                "If-Match": string;
            };
            path: {
                /** @description The case that takes the other in */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MergeCases"];
            };
        };
        responses: {
            /** @description The merge */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MergeView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            409: components["responses"]["idempotency-mismatch.transition-not-allowed"];
            412: components["responses"]["version-stale"];
            422: components["responses"]["invalid-input"];
            428: components["responses"]["version-required"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    setPlace: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of what was seen; `*` is refused. */
                "If-Match": string;
            };
            path: {
                /** @description The case */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetPlace"];
            };
        };
        responses: {
            /** @description The case after it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseView"];
                };
            };
            /** @description It is done; the case is no longer one that they see */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            412: components["responses"]["version-stale"];
            422: components["responses"]["invalid-input"];
            428: components["responses"]["version-required"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    listRelations: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The case */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them, oldest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseRelationList"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    reply: {
        parameters: {
            query?: never;
            header?: {
                /** @description A UUID made by the client: the id of what is made. Sending the same request again under the same key does nothing and answers the same. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description The ETag of the draft that is said, or `"0"` where none was seen: refused when other words were saved since. */
                "If-Match"?: string;
            };
            path: {
                /** @description The case */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WriteReply"];
            };
        };
        responses: {
            /** @description The message, queued */
            201: {
                headers: {
                    /**
                     * @description `true` when the same was asked before under this key: the answer is that of then, and nothing was done now
                     * @example true
                     */
                    "Idempotency-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            409: components["responses"]["channel-cannot.idempotency-mismatch.no-reply-address.processing-restricted.reply-window-closed"];
            412: components["responses"]["version-stale"];
            413: components["responses"]["too-large"];
            422: components["responses"]["invalid-input.personal-data.text-too-long"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    splitCase: {
        parameters: {
            query?: never;
            header: {
                /** @description A UUID made by the client: the id of what is made. Sending the same request again under the same key does nothing and answers the same. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description The ETag of what was seen; `*` is refused. */
                "If-Match": string;
            };
            path: {
                /** @description The case */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SplitCase"];
            };
        };
        responses: {
            /** @description The new case */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            409: components["responses"]["idempotency-mismatch.transition-not-allowed"];
            412: components["responses"]["version-stale"];
            422: components["responses"]["invalid-input"];
            428: components["responses"]["version-required"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    tagCase: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The case */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PutTag"];
            };
        };
        responses: {
            /** @description Its tags after it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TagRefList"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            409: components["responses"]["transition-not-allowed"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    untagCase: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The case */
                id: string;
                /** @description The tag */
                tag: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Its tags after it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TagRefList"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            409: components["responses"]["transition-not-allowed"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    listCaseTasks: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The case */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskList"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    askTask: {
        parameters: {
            query?: never;
            header?: {
                /** @description A UUID made by the client: the id of what is made. Sending the same request again under the same key does nothing and answers the same. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The case */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AskTask"];
            };
        };
        responses: {
            /** @description The task */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            409: components["responses"]["idempotency-mismatch.transition-not-allowed"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    moveCase: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of what was seen; `*` is refused. */
                "If-Match": string;
            };
            path: {
                /** @description The case */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MoveCase"];
            };
        };
        responses: {
            /** @description The case after it */
            200: {
                headers: {
                    /**
                     * @description Its version, between quotes
                     * @example "4"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseView"];
                };
            };
            /** @description It is done; the case is no longer one that they see */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            409: components["responses"]["channel-cannot.no-reply-address.processing-restricted.reply-window-closed.transition-not-allowed"];
            412: components["responses"]["version-stale"];
            422: components["responses"]["invalid-input.outcome-required.personal-data.text-too-long"];
            428: components["responses"]["version-required"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    breakGlass: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BreakGlass"];
            };
        };
        responses: {
            /** @description It is open to them */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenedCase"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated.step-up-required"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    countListedCases: {
        parameters: {
            query?: {
                /** @description Area that its place is in */
                area?: components["parameters"]["area"];
                /** @description Only those assigned to who asks */
                assignedToMe?: components["parameters"]["assignedToMe"];
                /** @description Operator it is assigned to */
                assignee?: components["parameters"]["assignee"];
                /** @description Category */
                category?: components["parameters"]["category"];
                /** @description Channel it was opened on */
                channel?: string;
                /** @description Only the confidential ones, or only the others */
                confidential?: components["parameters"]["confidential"];
                /** @description Contact */
                contact?: components["parameters"]["contact"];
                /** @description With a term that ends before this instant */
                dueBefore?: components["parameters"]["dueBefore"];
                /** @description Code of a field of the category, which holds `fieldValue`, or anything */
                field?: components["parameters"]["field"];
                /** @description What the field holds: a text, a number, a date, `true` or `false`, or one of its choices */
                fieldValue?: components["parameters"]["fieldValue"];
                /** @description Only those that who asks follows */
                followedByMe?: components["parameters"]["followedByMe"];
                /** @description Kind */
                kind?: "information" | "assistance" | "report" | "accessibility_report" | "complaint" | "suggestion" | "praise" | "proceeding" | "document_access" | "civic_access" | "foia" | "data_subject_request" | "improvement_proposal";
                /** @description Only those of which a term has expired, or only those of which none has */
                late?: components["parameters"]["late"];
                /** @description Number of the case */
                number?: components["parameters"]["number"];
                /** @description Office that answers */
                office?: string;
                /** @description Only those of the office of who asks */
                ofMyOffice?: components["parameters"]["ofMyOffice"];
                /** @description Only the open ones, or only the ended ones */
                open?: components["parameters"]["open"];
                /** @description Opened before this instant */
                openedBefore?: components["parameters"]["openedBefore"];
                /** @description Opened at this instant or later */
                openedFrom?: components["parameters"]["openedFrom"];
                /** @description Priority */
                priority?: components["parameters"]["priority"];
                /** @description State */
                state?: "received" | "triage" | "assigned" | "in_charge" | "scheduled" | "waiting_citizen" | "waiting_third" | "suspended" | "resolved" | "closed" | "rejected" | "duplicate" | "withdrawn";
                /** @description Tag */
                tag?: string;
                /** @description Words of its title, of what was said or of who said it, or part of a name, address or number */
                text?: string;
                /** @description Only those that are assigned to nobody, or only those that are */
                unassigned?: components["parameters"]["unassigned"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How many */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FoundCount"];
                };
            };
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    listCategories: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them, by label */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CategoryList"];
                };
            };
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    makeCategory: {
        parameters: {
            query?: never;
            header?: {
                /** @description A UUID made by the client: the id of what is made. Sending the same request again under the same key does nothing and answers the same. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MakeCategory"];
            };
        };
        responses: {
            /** @description The category */
            201: {
                headers: {
                    /**
                     * @description Its version, between quotes
                     * @example "4"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CategoryView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            409: components["responses"]["idempotency-mismatch"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    getCategory: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The category */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The category */
            200: {
                headers: {
                    /**
                     * @description Its version, between quotes
                     * @example "4"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CategoryView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    writeCategory: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of what was seen; `*` is refused. */
                "If-Match": string;
            };
            path: {
                /** @description The category */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WriteCategory"];
            };
        };
        responses: {
            /** @description The category after it */
            200: {
                headers: {
                    /**
                     * @description Its version, between quotes
                     * @example "4"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CategoryView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            412: components["responses"]["version-stale"];
            422: components["responses"]["invalid-input"];
            428: components["responses"]["version-required"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    getCategoryFields: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The category */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The newest version */
            200: {
                headers: {
                    /**
                     * @description Its version, between quotes
                     * @example "4"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CategoryFields"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    writeCategoryFields: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of what was seen; `*` is refused. */
                "If-Match": string;
            };
            path: {
                /** @description The category */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WriteFields"];
            };
        };
        responses: {
            /** @description The new version */
            200: {
                headers: {
                    /**
                     * @description Its version, between quotes
                     * @example "4"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CategoryFields"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            412: components["responses"]["version-stale"];
            422: components["responses"]["invalid-input"];
            428: components["responses"]["version-required"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    listChannelWeights: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All that differ from the usual */
            200: {
                headers: {
                    /**
                     * @description Its version, between quotes
                     * @example "4"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChannelWeightsView"];
                };
            };
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    writeChannelWeights: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of what was seen; `*` is refused. */
                "If-Match": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChannelWeights"];
            };
        };
        responses: {
            /** @description All that differ from the usual */
            200: {
                headers: {
                    /**
                     * @description Its version, between quotes
                     * @example "4"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChannelWeightsView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            412: components["responses"]["version-stale"];
            422: components["responses"]["invalid-input"];
            428: components["responses"]["version-required"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    listChannels: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them, by id */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChannelList"];
                };
            };
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    checkConnections: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The channel */
                channel: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CheckConnections"];
            };
        };
        responses: {
            /** @description What each side of each account answered */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionReport"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    listLevels: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them, by code */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LevelList"];
                };
            };
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    getLevel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The code of the level */
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The level */
            200: {
                headers: {
                    /**
                     * @description Its version, between quotes
                     * @example "4"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LevelView"];
                };
            };
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    writeLevel: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of what was seen; `*` is refused. */
                "If-Match": string;
            };
            path: {
                /** @description The code of the level */
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WriteLevel"];
            };
        };
        responses: {
            /** @description The level after it */
            200: {
                headers: {
                    /**
                     * @description Its version, between quotes
                     * @example "4"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LevelView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            412: components["responses"]["version-stale"];
            422: components["responses"]["invalid-input"];
            428: components["responses"]["version-required"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    listPurposes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them, by code */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PurposeList"];
                };
            };
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    getPurpose: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The code of the purpose */
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The purpose */
            200: {
                headers: {
                    /**
                     * @description Its version, between quotes
                     * @example "4"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PurposeView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    decidePurpose: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of what was seen; `*` is refused. */
                "If-Match": string;
            };
            path: {
                /** @description The code of the purpose */
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WritePurpose"];
            };
        };
        responses: {
            /** @description The purpose after it */
            200: {
                headers: {
                    /**
                     * @description Its version, between quotes
                     * @example "4"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PurposeView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            412: components["responses"]["version-stale"];
            422: components["responses"]["invalid-input"];
            428: components["responses"]["version-required"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    withdrawIdentification: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The identification */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WithdrawIdentification"];
            };
        };
        responses: {
            /** @description The identifications after it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactIdentifications"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    listContacts: {
        parameters: {
            query?: {
                /** @description The `next` of the page before */
                after?: components["parameters"]["after"];
                /** @description Most items of the page */
                limit?: components["parameters"]["limit"];
                /** @description Part of a name or of an address */
                text?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of contacts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactPage"];
                };
            };
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    getContact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The contact */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The contact */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactWithCases"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    askConsent: {
        parameters: {
            query?: never;
            header?: {
                /** @description A UUID made by the client: the id of what is made. Sending the same request again under the same key does nothing and answers the same. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The contact */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AskConsent"];
            };
        };
        responses: {
            /** @description The consents after it */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactConsents"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            409: components["responses"]["channel-cannot.idempotency-mismatch.no-reply-address.reply-window-closed.transition-not-allowed"];
            422: components["responses"]["invalid-input.text-too-long"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    listConsents: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The contact */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The consents */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactConsents"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    recordConsent: {
        parameters: {
            query?: never;
            header?: {
                /** @description A UUID made by the client: the id of what is made. Sending the same request again under the same key does nothing and answers the same. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The contact */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecordConsent"];
            };
        };
        responses: {
            /** @description The consents after it */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactConsents"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            409: components["responses"]["idempotency-mismatch"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    previewErasure: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The contact */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How much is kept of them */
            200: {
                headers: {
                    /**
                     * @description Its version, between quotes
                     * @example "4"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErasurePreview"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    eraseContact: {
        parameters: {
            query?: never;
            header: {
                /** @description A UUID made by the client: the id of what is made. Sending the same request again under the same key does nothing and answers the same. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description The ETag of what was seen; `*` is refused. */
                "If-Match": string;
            };
            path: {
                /** @description The contact */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AskErasure"];
            };
        };
        responses: {
            /** @description Its receipt, so far */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErasureView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated.step-up-required"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            409: components["responses"]["idempotency-mismatch.kept-by-law"];
            412: components["responses"]["version-stale"];
            422: components["responses"]["invalid-input"];
            428: components["responses"]["version-required"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    listIdentifications: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The contact */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The identifications */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactIdentifications"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    identifyContact: {
        parameters: {
            query?: never;
            header?: {
                /** @description A UUID made by the client: the id of what is made. Sending the same request again under the same key does nothing and answers the same. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The contact */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["IdentifyContact"];
            };
        };
        responses: {
            /** @description The identifications after it */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactIdentifications"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            409: components["responses"]["idempotency-mismatch"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    exportPersonalData: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The contact */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The bytes, as a file to keep */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    readPersonalData: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The contact */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The bytes, as a file to keep */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    liftRestriction: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The contact */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LiftRestriction"];
            };
        };
        responses: {
            /** @description Their data are processed again */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            409: components["responses"]["transition-not-allowed"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    openRightsRequest: {
        parameters: {
            query?: never;
            header?: {
                /** @description A UUID made by the client: the id of what is made. Sending the same request again under the same key does nothing and answers the same. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The contact */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OpenRightsRequest"];
            };
        };
        responses: {
            /** @description The request */
            201: {
                headers: {
                    /**
                     * @description Its version, between quotes
                     * @example "4"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RightsRequestView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            409: components["responses"]["idempotency-mismatch"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    listDeadlinePolicies: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Every version */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeadlinePolicies"];
                };
            };
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    writeDeadlinePolicy: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of what was seen; `*` is refused. */
                "If-Match": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WriteDeadlinePolicy"];
            };
        };
        responses: {
            /** @description The version */
            201: {
                headers: {
                    /**
                     * @description Its version, between quotes
                     * @example "4"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeadlinePolicyView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            412: components["responses"]["version-stale"];
            422: components["responses"]["invalid-input"];
            428: components["responses"]["version-required"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    advanceClock: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AdvanceClock"];
            };
        };
        responses: {
            /** @description What time it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClockView"];
                };
            };
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    getDormancy: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DormancyView"];
                };
            };
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    listDrafts: {
        parameters: {
            query?: {
                /** @description The `next` of the page before */
                after?: components["parameters"]["after"];
                /** @description Only those of this case */
                case?: string;
                /** @description Most items of the page */
                limit?: components["parameters"]["limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of drafts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DraftPage"];
                };
            };
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    getErasure: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The erasure */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was destroyed, by count */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErasureView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    exportOffices: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The bytes, as a file to keep */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    exportOperators: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The bytes, as a file to keep */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    listHeldAttachments: {
        parameters: {
            query?: {
                /** @description The `next` of the page before */
                after?: components["parameters"]["after"];
                /** @description Most items of the page */
                limit?: components["parameters"]["limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of files that are held */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HeldAttachmentPage"];
                };
            };
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    importIpaOffices: {
        parameters: {
            query?: {
                /** @description `Codice_IPA` whose rows are taken; absent: that of the administration */
                administration?: string;
                /** @description `preview`: says what would happen, and changes nothing. `apply`: all of it, or nothing */
                mode?: components["parameters"]["mode"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The file */
        requestBody: {
            content: {
                "multipart/form-data": {
                    /** Format: binary */
                    file: string;
                };
                "text/csv": {
                    /** Format: binary */
                    file: string;
                };
            };
        };
        responses: {
            /** @description What the file does, or would do */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportReport"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            413: components["responses"]["too-large"];
            415: components["responses"]["media-type-not-accepted"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    importOffices: {
        parameters: {
            query?: {
                /** @description `preview`: says what would happen, and changes nothing. `apply`: all of it, or nothing */
                mode?: components["parameters"]["mode"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The file */
        requestBody: {
            content: {
                "multipart/form-data": {
                    /** Format: binary */
                    file: string;
                };
                "text/csv": {
                    /** Format: binary */
                    file: string;
                };
            };
        };
        responses: {
            /** @description What the file does, or would do */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportReport"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            413: components["responses"]["too-large"];
            415: components["responses"]["media-type-not-accepted"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    importOperators: {
        parameters: {
            query?: {
                /** @description `preview`: says what would happen, and changes nothing. `apply`: all of it, or nothing */
                mode?: components["parameters"]["mode"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The file */
        requestBody: {
            content: {
                "multipart/form-data": {
                    /** Format: binary */
                    file: string;
                };
                "text/csv": {
                    /** Format: binary */
                    file: string;
                };
            };
        };
        responses: {
            /** @description What the file does, or would do */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportReport"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            413: components["responses"]["too-large"];
            415: components["responses"]["media-type-not-accepted"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    listHolds: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Holds, the newest first; those lifted too */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LegalHoldList"];
                };
            };
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    placeHold: {
        parameters: {
            query?: never;
            header?: {
                /** @description A UUID made by the client: the id of what is made. Sending the same request again under the same key does nothing and answers the same. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PlaceHold"];
            };
        };
        responses: {
            /** @description Holds after it */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LegalHoldList"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            409: components["responses"]["idempotency-mismatch"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    liftHold: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The hold */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LiftHold"];
            };
        };
        responses: {
            /** @description Holds after it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LegalHoldList"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    listLetters: {
        parameters: {
            query?: {
                /** @description The `next` of the page before */
                after?: components["parameters"]["after"];
                /** @description About this case */
                case?: string;
                /** @description For this */
                kind?: string;
                /** @description Most items of the page */
                limit?: components["parameters"]["limit"];
                /** @description To this office or its people */
                office?: string;
                /** @description Standing there: `failed` are those that came back */
                state?: "waiting" | "queued" | "sending" | "accepted" | "sent" | "delivered" | "read" | "failed" | "unknown" | "withdrawn";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page, the newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LetterPage"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    listMacros: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MacroList"];
                };
            };
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    writeMacro: {
        parameters: {
            query?: never;
            header?: {
                /** @description A UUID made by the client: the id of what is made. Sending the same request again under the same key does nothing and answers the same. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WriteMacro"];
            };
        };
        responses: {
            /** @description The macro */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MacroView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            409: components["responses"]["idempotency-mismatch"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    getMacro: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The macro */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The macro */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MacroView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    changeMacro: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of what was seen; `*` is refused. */
                "If-Match": string;
            };
            path: {
                /** @description The macro */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WriteMacro"];
            };
        };
        responses: {
            /** @description The macro after it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MacroView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            412: components["responses"]["version-stale"];
            422: components["responses"]["invalid-input"];
            428: components["responses"]["version-required"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    removeMacro: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The macro */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    getMap: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The map */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MapView"];
                };
            };
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    mapCases: {
        parameters: {
            query?: {
                /** @description The `next` of the page before */
                after?: components["parameters"]["after"];
                /** @description Area that its place is in */
                area?: components["parameters"]["area"];
                /** @description Only those assigned to who asks */
                assignedToMe?: components["parameters"]["assignedToMe"];
                /** @description Operator it is assigned to */
                assignee?: components["parameters"]["assignee"];
                /** @description Inside this box: west, south, east, north */
                box?: string;
                /** @description Category */
                category?: components["parameters"]["category"];
                /** @description Channel it was opened on */
                channel?: string;
                /** @description Only the confidential ones, or only the others */
                confidential?: components["parameters"]["confidential"];
                /** @description Contact */
                contact?: components["parameters"]["contact"];
                /** @description With a term that ends before this instant */
                dueBefore?: components["parameters"]["dueBefore"];
                /** @description Code of a field of the category, which holds `fieldValue`, or anything */
                field?: components["parameters"]["field"];
                /** @description What the field holds: a text, a number, a date, `true` or `false`, or one of its choices */
                fieldValue?: components["parameters"]["fieldValue"];
                /** @description Only those that who asks follows */
                followedByMe?: components["parameters"]["followedByMe"];
                /** @description Kind */
                kind?: "information" | "assistance" | "report" | "accessibility_report" | "complaint" | "suggestion" | "praise" | "proceeding" | "document_access" | "civic_access" | "foia" | "data_subject_request" | "improvement_proposal";
                /** @description Only those of which a term has expired, or only those of which none has */
                late?: components["parameters"]["late"];
                /** @description Most items of the page */
                limit?: components["parameters"]["limit"];
                /** @description Around this point, the nearest first: latitude and longitude */
                near?: string;
                /** @description Number of the case */
                number?: components["parameters"]["number"];
                /** @description Office that answers */
                office?: string;
                /** @description Only those of the office of who asks */
                ofMyOffice?: components["parameters"]["ofMyOffice"];
                /** @description Only the open ones, or only the ended ones */
                open?: components["parameters"]["open"];
                /** @description Opened before this instant */
                openedBefore?: components["parameters"]["openedBefore"];
                /** @description Opened at this instant or later */
                openedFrom?: components["parameters"]["openedFrom"];
                /** @description Priority */
                priority?: components["parameters"]["priority"];
                /** @description State */
                state?: "received" | "triage" | "assigned" | "in_charge" | "scheduled" | "waiting_citizen" | "waiting_third" | "suspended" | "resolved" | "closed" | "rejected" | "duplicate" | "withdrawn";
                /** @description Tag */
                tag?: string;
                /** @description Words of its title, of what was said or of who said it, or part of a name, address or number */
                text?: string;
                /** @description Only those that are assigned to nobody, or only those that are */
                unassigned?: components["parameters"]["unassigned"];
                /** @description `near`: at most so many metres away; absent: a thousand */
                within?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The cases */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["CaseFeatures"];
                };
            };
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    listMentions: {
        parameters: {
            query?: {
                /** @description The `next` of the page before */
                after?: components["parameters"]["after"];
                /** @description Most items of the page */
                limit?: components["parameters"]["limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of mentions */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MentionPage"];
                };
            };
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    readMention: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The mention */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is marked */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    undoMerge: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The merge */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UndoMerge"];
            };
        };
        responses: {
            /** @description The merge, undone */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MergeView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            409: components["responses"]["transition-not-allowed"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    getMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The message */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The message */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    retryMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The message */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RetryMessage"];
            };
        };
        responses: {
            /** @description The message, queued again */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            409: components["responses"]["retry-not-allowed"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    showRichText: {
        parameters: {
            query?: {
                /** @description Whether pictures that are kept elsewhere are loaded; absent: they are not */
                remote?: "block" | "allow";
            };
            header?: never;
            path: {
                /** @description The message */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The document */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    getOriginal: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The message */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The bytes, as a file to keep */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    releaseOriginal: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The message */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReleaseAttachment"];
            };
        };
        responses: {
            /** @description It is released, and who did it and why is kept */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    getMessagePart: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The message */
                id: string;
                part: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The bytes, as a file to keep */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    releaseMessagePart: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The message */
                id: string;
                part: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReleaseAttachment"];
            };
        };
        responses: {
            /** @description It is released, and who did it and why is kept */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    withdrawMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The message */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The message, withdrawn */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            409: components["responses"]["cannot-be-withdrawn"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    listMonitoringAuthorizations: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them, the newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MonitoringAuthorizationList"];
                };
            };
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    recordMonitoringAuthorization: {
        parameters: {
            query?: never;
            header?: {
                /** @description A UUID made by the client: the id of what is made. Sending the same request again under the same key does nothing and answers the same. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecordMonitoringAuthorization"];
            };
        };
        responses: {
            /** @description All of them after it */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MonitoringAuthorizationList"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            409: components["responses"]["idempotency-mismatch"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    endMonitoringAuthorizations: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EndMonitoringAuthorizations"];
            };
        };
        responses: {
            /** @description All of them after it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MonitoringAuthorizationList"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    listOffers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Open offers, the oldest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OfferList"];
                };
            };
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    acceptOffer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The offer */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The offer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OfferView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            409: components["responses"]["offer-over.transition-not-allowed"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    rejectOffer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The offer */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RejectOffer"];
            };
        };
        responses: {
            /** @description The offer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OfferView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            409: components["responses"]["offer-over"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    listOffices: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them, by name */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OfficeList"];
                };
            };
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    makeOffice: {
        parameters: {
            query?: never;
            header?: {
                /** @description A UUID made by the client: the id of what is made. Sending the same request again under the same key does nothing and answers the same. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MakeOffice"];
            };
        };
        responses: {
            /** @description The office */
            201: {
                headers: {
                    /**
                     * @description Its version, between quotes
                     * @example "4"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OfficeDetail"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            409: components["responses"]["idempotency-mismatch"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    getOffice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The office */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The office */
            200: {
                headers: {
                    /**
                     * @description Its version, between quotes
                     * @example "4"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OfficeDetail"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    writeOffice: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of what was seen; `*` is refused. */
                "If-Match": string;
            };
            path: {
                /** @description The office */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WriteOffice"];
            };
        };
        responses: {
            /** @description The office after it */
            200: {
                headers: {
                    /**
                     * @description Its version, between quotes
                     * @example "4"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OfficeDetail"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            412: components["responses"]["version-stale"];
            422: components["responses"]["invalid-input"];
            428: components["responses"]["version-required"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    activateOffice: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of what was seen; `*` is refused. */
                "If-Match": string;
            };
            path: {
                /** @description The office */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The office after it */
            200: {
                headers: {
                    /**
                     * @description Its version, between quotes
                     * @example "4"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OfficeDetail"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            412: components["responses"]["version-stale"];
            422: components["responses"]["invalid-input"];
            428: components["responses"]["version-required"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    closeOffice: {
        parameters: {
            query?: never;
            header?: {
                /** @description A UUID made by the client: the id of what is made. Sending the same request again under the same key does nothing and answers the same. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The office */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MakeClosure"];
            };
        };
        responses: {
            /** @description The office after it */
            201: {
                headers: {
                    /**
                     * @description Its version, between quotes
                     * @example "4"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OfficeDetail"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            409: components["responses"]["idempotency-mismatch"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    reopenOffice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The closure */
                closure: string;
                /** @description The office */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The office after it */
            200: {
                headers: {
                    /**
                     * @description Its version, between quotes
                     * @example "4"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OfficeDetail"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    deactivateOffice: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of what was seen; `*` is refused. */
                "If-Match": string;
            };
            path: {
                /** @description The office */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeactivateOffice"];
            };
        };
        responses: {
            /** @description The office after it */
            200: {
                headers: {
                    /**
                     * @description Its version, between quotes
                     * @example "4"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OfficeDetail"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            409: components["responses"]["office-in-use.transition-not-allowed"];
            412: components["responses"]["version-stale"];
            422: components["responses"]["invalid-input"];
            428: components["responses"]["version-required"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    writeHours: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of what was seen; `*` is refused. */
                "If-Match": string;
            };
            path: {
                /** @description The office */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WriteHours"];
            };
        };
        responses: {
            /** @description The office after it */
            200: {
                headers: {
                    /**
                     * @description Its version, between quotes
                     * @example "4"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OfficeDetail"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            412: components["responses"]["version-stale"];
            422: components["responses"]["invalid-input"];
            428: components["responses"]["version-required"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    moveOffice: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of what was seen; `*` is refused. */
                "If-Match": string;
            };
            path: {
                /** @description The office */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MoveOffice"];
            };
        };
        responses: {
            /** @description The office after it */
            200: {
                headers: {
                    /**
                     * @description Its version, between quotes
                     * @example "4"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OfficeDetail"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            412: components["responses"]["version-stale"];
            422: components["responses"]["invalid-input"];
            428: components["responses"]["version-required"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    onDuty: {
        parameters: {
            query: {
                /** @description Channel on which the offices must be open; absent: whichever */
                channel?: string;
                /** @description Code of the topic */
                topic: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The offices, those where somebody is free first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OnDutyList"];
                };
            };
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    listOperators: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them, by name */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OperatorList"];
                };
            };
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    makeOperator: {
        parameters: {
            query?: never;
            header?: {
                /** @description A UUID made by the client: the id of what is made. Sending the same request again under the same key does nothing and answers the same. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MakeOperator"];
            };
        };
        responses: {
            /** @description The operator */
            201: {
                headers: {
                    /**
                     * @description Its version, between quotes
                     * @example "4"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OperatorDetail"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            409: components["responses"]["idempotency-mismatch"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    getOperator: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The operator */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The operator */
            200: {
                headers: {
                    /**
                     * @description Its version, between quotes
                     * @example "4"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OperatorDetail"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    writeOperator: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of what was seen; `*` is refused. */
                "If-Match": string;
            };
            path: {
                /** @description The operator */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WriteOperator"];
            };
        };
        responses: {
            /** @description The operator after it */
            200: {
                headers: {
                    /**
                     * @description Its version, between quotes
                     * @example "4"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OperatorDetail"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            412: components["responses"]["version-stale"];
            422: components["responses"]["invalid-input"];
            428: components["responses"]["version-required"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    recordAbsence: {
        parameters: {
            query?: never;
            header?: {
                /** @description A UUID made by the client: the id of what is made. Sending the same request again under the same key does nothing and answers the same. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The operator */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MakeAbsence"];
            };
        };
        responses: {
            /** @description The operator after it */
            201: {
                headers: {
                    /**
                     * @description Its version, between quotes
                     * @example "4"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OperatorDetail"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            409: components["responses"]["idempotency-mismatch"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    removeAbsence: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The absence */
                absence: string;
                /** @description The operator */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The operator after it */
            200: {
                headers: {
                    /**
                     * @description Its version, between quotes
                     * @example "4"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OperatorDetail"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    activateOperator: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of what was seen; `*` is refused. */
                "If-Match": string;
            };
            path: {
                /** @description The operator */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The operator after it */
            200: {
                headers: {
                    /**
                     * @description Its version, between quotes
                     * @example "4"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OperatorDetail"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            409: components["responses"]["office-in-use"];
            412: components["responses"]["version-stale"];
            422: components["responses"]["invalid-input"];
            428: components["responses"]["version-required"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    deactivateOperator: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of what was seen; `*` is refused. */
                "If-Match": string;
            };
            path: {
                /** @description The operator */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The operator after it */
            200: {
                headers: {
                    /**
                     * @description Its version, between quotes
                     * @example "4"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OperatorDetail"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            409: components["responses"]["office-in-use.transition-not-allowed"];
            412: components["responses"]["version-stale"];
            422: components["responses"]["invalid-input"];
            428: components["responses"]["version-required"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    listIdentities: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The operator */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The oldest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IdentityList"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    linkIdentity: {
        parameters: {
            query?: never;
            header?: {
                /** @description A UUID made by the client: the id of what is made. Sending the same request again under the same key does nothing and answers the same. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The operator */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LinkIdentity"];
            };
        };
        responses: {
            /** @description The identity */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IdentityView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated.step-up-required"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            409: components["responses"]["idempotency-mismatch"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    unlinkIdentity: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The operator */
                id: string;
                /** @description The identity */
                identity: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Nobody is this operator by it */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated.step-up-required"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    getPresence: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The operator */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Where they are now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PresenceView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    listSessionsOfOperator: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The operator */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The last used first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionList"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    endSessionsOfOperator: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The operator */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description They are over */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated.step-up-required"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    endSessionOfOperator: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The operator */
                id: string;
                /** @description The session */
                session: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is over: its next request is refused */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated.step-up-required"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    getSkills: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The operator */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Skills and capacity */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OperatorSkills"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    writeSkills: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The operator */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OperatorSkills"];
            };
        };
        responses: {
            /** @description Skills and capacity now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OperatorSkills"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    getMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The operator and their administration */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MeView"];
                };
            };
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    beat: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Where they are now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PresenceView"];
                };
            };
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    getMyPresence: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Where they are now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PresenceView"];
                };
            };
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    sayPresence: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangePresence"];
            };
        };
        responses: {
            /** @description Where they are now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PresenceView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    listParked: {
        parameters: {
            query?: {
                /** @description The `next` of the page before */
                after?: components["parameters"]["after"];
                /** @description Channel */
                channel?: string;
                /** @description Why it was parked */
                kind?: "failed" | "doubtful" | "unreadable" | "lost";
                /** @description Most items of the page */
                limit?: components["parameters"]["limit"];
                /** @description State; absent: those that wait */
                state?: "waiting" | "retried" | "discarded";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of parked items */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ParkedPage"];
                };
            };
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    getParked: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The parked item */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The parked item */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ParkedView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    discardParked: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The parked item */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DiscardParked"];
            };
        };
        responses: {
            /** @description The parked item after it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ParkedView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    getParkedOriginal: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The parked item */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The bytes, as a file to keep */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    releaseParkedOriginal: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The parked item */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReleaseAttachment"];
            };
        };
        responses: {
            /** @description The parked item after it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ParkedView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    retryParked: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The parked item */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The parked item after it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ParkedView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    getProcessingRegister: {
        parameters: {
            query?: {
                /** @description Language */
                language?: "it" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The register */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProcessingRegisterView"];
                };
            };
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    listRegisterAnswers: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The question: as `questions` of the register names it */
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The newest first; none: nobody answered */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegisterAnswerHistory"];
                };
            };
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    answerRegister: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of what was seen; `*` is refused. */
                "If-Match": string;
            };
            path: {
                /** @description The question: as `questions` of the register names it */
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WriteRegisterAnswer"];
            };
        };
        responses: {
            /** @description Each version, the newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegisterAnswerHistory"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            412: components["responses"]["version-stale"];
            422: components["responses"]["invalid-input"];
            428: components["responses"]["version-required"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    exportProcessingRegister: {
        parameters: {
            query?: {
                /** @description Language */
                language?: "it" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The bytes, as a file to keep */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    readProcessingRegister: {
        parameters: {
            query?: {
                /** @description Language */
                language?: "it" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The bytes, as a file to keep */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    listQueues: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Queues that have work or say how they give it out, by office */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QueueList"];
                };
            };
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    claimNext: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The office */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What they took */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkItemView"];
                };
            };
            /** @description Nothing waits that they can take */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    getQueueSettings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The office */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All settings, the usual ones included */
            200: {
                headers: {
                    /**
                     * @description Its version, between quotes
                     * @example "4"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QueueSettingsView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    writeQueueSettings: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of what was seen; `*` is refused. */
                "If-Match": string;
            };
            path: {
                /** @description The office */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WriteQueueSettings"];
            };
        };
        responses: {
            /** @description The settings now */
            200: {
                headers: {
                    /**
                     * @description Its version, between quotes
                     * @example "4"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QueueSettingsView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            412: components["responses"]["version-stale"];
            422: components["responses"]["invalid-input"];
            428: components["responses"]["version-required"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    getReception: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The reception */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The facts of the delivery, each with its fate */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReceptionView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    countCases: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The counts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseCounts"];
                };
            };
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    reportReception: {
        parameters: {
            query?: {
                /** @description First day; absent: six days before the last */
                from?: string;
                /** @description Last day; absent: today */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The report */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReceptionReport"];
                };
            };
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    listSpikes: {
        parameters: {
            query?: {
                /** @description How many hours back is now; absent: 3 */
                hours?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The spikes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SpikeList"];
                };
            };
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    reportSurveys: {
        parameters: {
            query?: {
                /** @description First day; absent: 89 days before the last */
                from?: string;
                /** @description Last day; absent: today */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The report */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SurveyReport"];
                };
            };
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    showWallboard: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The figures */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WallboardView"];
                };
            };
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    listRetentionPolicies: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All terms, by code */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RetentionPolicyList"];
                };
            };
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    decideRetention: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of what was seen; `*` is refused. */
                "If-Match": string;
            };
            path: {
                /** @description `case.<kind>`, `category.<id>` or the name of a thing */
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WriteRetentionPolicy"];
            };
        };
        responses: {
            /** @description All terms after it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RetentionPolicyList"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            412: components["responses"]["version-stale"];
            422: components["responses"]["invalid-input"];
            428: components["responses"]["version-required"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    listRetentionRuns: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RetentionRunList"];
                };
            };
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    prepareRetention: {
        parameters: {
            query?: never;
            header?: {
                /** @description A UUID made by the client: the id of what is made. Sending the same request again under the same key does nothing and answers the same. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What a run would destroy */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RetentionRunView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            409: components["responses"]["idempotency-mismatch"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    getRetentionRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The run */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The run */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RetentionRunView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    startRetention: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The run */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StartRetentionRun"];
            };
        };
        responses: {
            /** @description The run, which goes on in the background */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RetentionRunView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated.step-up-required"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            409: components["responses"]["retention-under-way"];
            412: components["responses"]["version-stale"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    stopRetention: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The run */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The run */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RetentionRunView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    getRetentionSchedule: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was decided */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RetentionScheduleView"];
                };
            };
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    decideRetentionSchedule: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of what was seen; `*` is refused. */
                "If-Match": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WriteRetentionSchedule"];
            };
        };
        responses: {
            /** @description What holds from now on */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RetentionScheduleView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated.step-up-required"];
            403: components["responses"]["foreign-page.not-allowed"];
            412: components["responses"]["version-stale"];
            422: components["responses"]["invalid-input"];
            428: components["responses"]["version-required"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    listRightsRequests: {
        parameters: {
            query?: {
                /** @description The `next` of the page before */
                after?: components["parameters"]["after"];
                /** @description What is asked */
                kind?: "access" | "rectification" | "restriction" | "objection" | "erasure";
                /** @description Most items of the page */
                limit?: components["parameters"]["limit"];
                /** @description Where it stands */
                state?: "open" | "granted" | "partly_granted" | "refused";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of requests */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RightsRequestPage"];
                };
            };
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    getRightsRequest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The request */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request */
            200: {
                headers: {
                    /**
                     * @description Its version, between quotes
                     * @example "4"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RightsRequestView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    decideRightsRequest: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of what was seen; `*` is refused. */
                "If-Match": string;
            };
            path: {
                /** @description The request */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DecideRightsRequest"];
            };
        };
        responses: {
            /** @description The request after it */
            200: {
                headers: {
                    /**
                     * @description Its version, between quotes
                     * @example "4"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RightsRequestView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            409: components["responses"]["channel-cannot.no-reply-address.reply-window-closed.transition-not-allowed"];
            412: components["responses"]["version-stale"];
            422: components["responses"]["invalid-input.text-too-long"];
            428: components["responses"]["version-required"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    identifyRequester: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of what was seen; `*` is refused. */
                "If-Match": string;
            };
            path: {
                /** @description The request */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["IdentifyRequester"];
            };
        };
        responses: {
            /** @description The request after it */
            200: {
                headers: {
                    /**
                     * @description Its version, between quotes
                     * @example "4"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RightsRequestView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            409: components["responses"]["transition-not-allowed"];
            412: components["responses"]["version-stale"];
            422: components["responses"]["invalid-input"];
            428: components["responses"]["version-required"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    listRoles: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoleList"];
                };
            };
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    getRole: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The role */
                role: "tier1_operator" | "specialist" | "back_office_member" | "office_head" | "urp_referent" | "supervisor" | "team_leader" | "desk_operator" | "receptionist" | "cabinet_operator" | "kb_editor" | "social_editor" | "protocol_officer" | "contract_manager" | "supplier_manager" | "executive_viewer" | "dpo" | "admin" | "interpreter" | "auditor" | "api_client";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The role */
            200: {
                headers: {
                    /**
                     * @description Its version, between quotes
                     * @example "4"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoleView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    changeRole: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of what was seen; `*` is refused. */
                "If-Match": string;
            };
            path: {
                /** @description The role */
                role: "tier1_operator" | "specialist" | "back_office_member" | "office_head" | "urp_referent" | "supervisor" | "team_leader" | "desk_operator" | "receptionist" | "cabinet_operator" | "kb_editor" | "social_editor" | "protocol_officer" | "contract_manager" | "supplier_manager" | "executive_viewer" | "dpo" | "admin" | "interpreter" | "auditor" | "api_client";
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeRole"];
            };
        };
        responses: {
            /** @description The role after it */
            200: {
                headers: {
                    /**
                     * @description Its version, between quotes
                     * @example "4"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoleView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            412: components["responses"]["version-stale"];
            422: components["responses"]["invalid-input"];
            428: components["responses"]["version-required"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    listRoutingRules: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them; the first that is on and holds decides */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoutingRuleList"];
                };
            };
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    addRoutingRule: {
        parameters: {
            query?: never;
            header?: {
                /** @description A UUID made by the client: the id of what is made. Sending the same request again under the same key does nothing and answers the same. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WriteRoutingRule"];
            };
        };
        responses: {
            /** @description The rule */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoutingRuleView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            409: components["responses"]["idempotency-mismatch"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    getRoutingRule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The rule */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The rule */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoutingRuleView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    writeRoutingRule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The rule */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WriteRoutingRule"];
            };
        };
        responses: {
            /** @description The rule now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoutingRuleView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    removeRoutingRule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The rule */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    orderRoutingRules: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OrderRoutingRules"];
            };
        };
        responses: {
            /** @description All of them, in the order given */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoutingRuleList"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    simulateRoutingRules: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SimulateRoutingRules"];
            };
        };
        responses: {
            /** @description Case by case, and in all */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SimulationView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    searchCases: {
        parameters: {
            query?: {
                /** @description The `next` of the page before */
                after?: components["parameters"]["after"];
                /** @description Area that its place is in */
                area?: components["parameters"]["area"];
                /** @description Only those assigned to who asks */
                assignedToMe?: components["parameters"]["assignedToMe"];
                /** @description Operator it is assigned to */
                assignee?: components["parameters"]["assignee"];
                /** @description Category */
                category?: components["parameters"]["category"];
                /** @description Channel it was opened on */
                channel?: string;
                /** @description Only the confidential ones, or only the others */
                confidential?: components["parameters"]["confidential"];
                /** @description Contact */
                contact?: components["parameters"]["contact"];
                /** @description With a term that ends before this instant */
                dueBefore?: components["parameters"]["dueBefore"];
                /** @description Code of a field of the category, which holds `fieldValue`, or anything */
                field?: components["parameters"]["field"];
                /** @description What the field holds: a text, a number, a date, `true` or `false`, or one of its choices */
                fieldValue?: components["parameters"]["fieldValue"];
                /** @description Only those that who asks follows */
                followedByMe?: components["parameters"]["followedByMe"];
                /** @description Kind */
                kind?: "information" | "assistance" | "report" | "accessibility_report" | "complaint" | "suggestion" | "praise" | "proceeding" | "document_access" | "civic_access" | "foia" | "data_subject_request" | "improvement_proposal";
                /** @description Only those of which a term has expired, or only those of which none has */
                late?: components["parameters"]["late"];
                /** @description Most items of the page */
                limit?: components["parameters"]["limit"];
                /** @description Number of the case */
                number?: components["parameters"]["number"];
                /** @description Office that answers */
                office?: string;
                /** @description Only those of the office of who asks */
                ofMyOffice?: components["parameters"]["ofMyOffice"];
                /** @description Only the open ones, or only the ended ones */
                open?: components["parameters"]["open"];
                /** @description Opened before this instant */
                openedBefore?: components["parameters"]["openedBefore"];
                /** @description Opened at this instant or later */
                openedFrom?: components["parameters"]["openedFrom"];
                /** @description The newest first (what it is unless said), or those that say it most, among the thousand newest */
                order?: components["parameters"]["order"];
                /** @description Priority */
                priority?: components["parameters"]["priority"];
                /** @description State */
                state?: "received" | "triage" | "assigned" | "in_charge" | "scheduled" | "waiting_citizen" | "waiting_third" | "suspended" | "resolved" | "closed" | "rejected" | "duplicate" | "withdrawn";
                /** @description Tag */
                tag?: string;
                /** @description Words of its title, of what was said or of who said it, or part of a name, address or number */
                text?: string;
                /** @description Only those that are assigned to nobody, or only those that are */
                unassigned?: components["parameters"]["unassigned"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of cases */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FoundCases"];
                };
            };
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    countFoundCases: {
        parameters: {
            query?: {
                /** @description The `next` of the page before */
                after?: components["parameters"]["after"];
                /** @description Area that its place is in */
                area?: components["parameters"]["area"];
                /** @description Only those assigned to who asks */
                assignedToMe?: components["parameters"]["assignedToMe"];
                /** @description Operator it is assigned to */
                assignee?: components["parameters"]["assignee"];
                /** @description Category */
                category?: components["parameters"]["category"];
                /** @description Channel it was opened on */
                channel?: string;
                /** @description Only the confidential ones, or only the others */
                confidential?: components["parameters"]["confidential"];
                /** @description Contact */
                contact?: components["parameters"]["contact"];
                /** @description With a term that ends before this instant */
                dueBefore?: components["parameters"]["dueBefore"];
                /** @description Code of a field of the category, which holds `fieldValue`, or anything */
                field?: components["parameters"]["field"];
                /** @description What the field holds: a text, a number, a date, `true` or `false`, or one of its choices */
                fieldValue?: components["parameters"]["fieldValue"];
                /** @description Only those that who asks follows */
                followedByMe?: components["parameters"]["followedByMe"];
                /** @description Kind */
                kind?: "information" | "assistance" | "report" | "accessibility_report" | "complaint" | "suggestion" | "praise" | "proceeding" | "document_access" | "civic_access" | "foia" | "data_subject_request" | "improvement_proposal";
                /** @description Only those of which a term has expired, or only those of which none has */
                late?: components["parameters"]["late"];
                /** @description Most items of the page */
                limit?: components["parameters"]["limit"];
                /** @description Number of the case */
                number?: components["parameters"]["number"];
                /** @description Office that answers */
                office?: string;
                /** @description Only those of the office of who asks */
                ofMyOffice?: components["parameters"]["ofMyOffice"];
                /** @description Only the open ones, or only the ended ones */
                open?: components["parameters"]["open"];
                /** @description Opened before this instant */
                openedBefore?: components["parameters"]["openedBefore"];
                /** @description Opened at this instant or later */
                openedFrom?: components["parameters"]["openedFrom"];
                /** @description The newest first (what it is unless said), or those that say it most, among the thousand newest */
                order?: components["parameters"]["order"];
                /** @description Priority */
                priority?: components["parameters"]["priority"];
                /** @description State */
                state?: "received" | "triage" | "assigned" | "in_charge" | "scheduled" | "waiting_citizen" | "waiting_third" | "suspended" | "resolved" | "closed" | "rejected" | "duplicate" | "withdrawn";
                /** @description Tag */
                tag?: string;
                /** @description Words of its title, of what was said or of who said it, or part of a name, address or number */
                text?: string;
                /** @description Only those that are assigned to nobody, or only those that are */
                unassigned?: components["parameters"]["unassigned"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How many */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FoundCount"];
                };
            };
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    listSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The last used first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionList"];
                };
            };
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    endSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is over: its next request is refused */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    getSettings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What holds now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettingsView"];
                };
            };
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    changeSettings: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of what was seen; `*` is refused. */
                "If-Match": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeSettings"];
            };
        };
        responses: {
            /** @description What holds now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettingsView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            412: components["responses"]["version-stale"];
            422: components["responses"]["invalid-input"];
            428: components["responses"]["version-required"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    follow: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of the last event seen */
                "Last-Event-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The stream */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example event: case.changed
                     *     id: 7421-1093
                     *     data: {"case":"…","version":4,"fact":"taken_in_charge"}
                     */
                    "text/event-stream": string;
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    listSuppliers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them, by name */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SupplierList"];
                };
            };
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    makeSupplier: {
        parameters: {
            query?: never;
            header?: {
                /** @description A UUID made by the client: the id of what is made. Sending the same request again under the same key does nothing and answers the same. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MakeSupplier"];
            };
        };
        responses: {
            /** @description The supplier */
            201: {
                headers: {
                    /**
                     * @description Its version, between quotes
                     * @example "4"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SupplierView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            409: components["responses"]["idempotency-mismatch"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    getSupplier: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The supplier */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The supplier */
            200: {
                headers: {
                    /**
                     * @description Its version, between quotes
                     * @example "4"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SupplierView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    writeSupplier: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of what was seen; `*` is refused. */
                "If-Match": string;
            };
            path: {
                /** @description The supplier */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WriteSupplier"];
            };
        };
        responses: {
            /** @description The supplier after it */
            200: {
                headers: {
                    /**
                     * @description Its version, between quotes
                     * @example "4"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SupplierView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            412: components["responses"]["version-stale"];
            422: components["responses"]["invalid-input"];
            428: components["responses"]["version-required"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    listTags: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them, by label */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TagList"];
                };
            };
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    writeTag: {
        parameters: {
            query?: never;
            header?: {
                /** @description A UUID made by the client: the id of what is made. Sending the same request again under the same key does nothing and answers the same. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WriteTag"];
            };
        };
        responses: {
            /** @description The tag */
            201: {
                headers: {
                    /**
                     * @description Its version, between quotes
                     * @example "4"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TagView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            409: components["responses"]["idempotency-mismatch"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    getTag: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The tag */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The tag */
            200: {
                headers: {
                    /**
                     * @description Its version, between quotes
                     * @example "4"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TagView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    changeTag: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of what was seen; `*` is refused. */
                "If-Match": string;
            };
            path: {
                /** @description The tag */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeTag"];
            };
        };
        responses: {
            /** @description The tag after it */
            200: {
                headers: {
                    /**
                     * @description Its version, between quotes
                     * @example "4"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TagView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            412: components["responses"]["version-stale"];
            422: components["responses"]["invalid-input"];
            428: components["responses"]["version-required"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    listTasks: {
        parameters: {
            query?: {
                /** @description The `next` of the page before */
                after?: components["parameters"]["after"];
                /** @description Most items of the page */
                limit?: components["parameters"]["limit"];
                /** @description Put to this office */
                office?: string;
                /** @description Standing there */
                state?: "open" | "answered" | "refused" | "cancelled";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskPage"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    getTask: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The task */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The task */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    moveTask: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The task */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MoveTask"];
            };
        };
        responses: {
            /** @description The task after it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            409: components["responses"]["transition-not-allowed"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    previewTemplate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AskPreview"];
            };
        };
        responses: {
            /** @description The words as they would be sent */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplatePreview"];
                };
            };
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    listTemplateVariables: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Every variable, with what it holds */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateVariableList"];
                };
            };
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    listTemplates: {
        parameters: {
            query?: {
                /** @description The `next` of the page before */
                after?: components["parameters"]["after"];
                /** @description Language */
                language?: string;
                /** @description Most items of the page */
                limit?: components["parameters"]["limit"];
                /** @description The outcome they tell */
                outcome?: "positive" | "partial" | "negative" | "not_applicable";
                /** @description What they are for */
                purpose?: "reply" | "outcome" | "notification";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of templates */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplatePage"];
                };
            };
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    writeTemplate: {
        parameters: {
            query?: never;
            header?: {
                /** @description A UUID made by the client: the id of what is made. Sending the same request again under the same key does nothing and answers the same. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WriteTemplate"];
            };
        };
        responses: {
            /** @description The template */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            409: components["responses"]["idempotency-mismatch"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    getTemplate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The template */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The template */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    changeTemplate: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of what was seen; `*` is refused. */
                "If-Match": string;
            };
            path: {
                /** @description The template */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeTemplate"];
            };
        };
        responses: {
            /** @description The template after it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            412: components["responses"]["version-stale"];
            422: components["responses"]["invalid-input"];
            428: components["responses"]["version-required"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    listTopics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them, by label */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TopicList"];
                };
            };
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    makeTopic: {
        parameters: {
            query?: never;
            header?: {
                /** @description A UUID made by the client: the id of what is made. Sending the same request again under the same key does nothing and answers the same. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MakeTopic"];
            };
        };
        responses: {
            /** @description The topic */
            201: {
                headers: {
                    /**
                     * @description Its version, between quotes
                     * @example "4"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TopicView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            409: components["responses"]["idempotency-mismatch"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    getTopic: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The topic */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The topic */
            200: {
                headers: {
                    /**
                     * @description Its version, between quotes
                     * @example "4"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TopicView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    writeTopic: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of what was seen; `*` is refused. */
                "If-Match": string;
            };
            path: {
                /** @description The topic */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WriteTopic"];
            };
        };
        responses: {
            /** @description The topic after it */
            200: {
                headers: {
                    /**
                     * @description Its version, between quotes
                     * @example "4"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TopicView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            412: components["responses"]["version-stale"];
            422: components["responses"]["invalid-input"];
            428: components["responses"]["version-required"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    listTrail: {
        parameters: {
            query?: {
                /** @description Of this sort */
                act?: components["parameters"]["act"];
                /** @description The `next` of the page before */
                after?: components["parameters"]["after"];
                /** @description Before */
                before?: components["parameters"]["before"];
                /** @description About this case, its messages and attachments */
                case?: string;
                /** @description Not before */
                from?: string;
                /** @description Most items of the page */
                limit?: components["parameters"]["limit"];
                /** @description Of this operator */
                operator?: components["parameters"]["operator"];
                /** @description About this very thing: a contact, a message … */
                subject?: components["parameters"]["subject"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page, the newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TrailPage"];
                };
            };
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    exportTrail: {
        parameters: {
            query?: {
                /** @description Of this sort */
                act?: components["parameters"]["act"];
                /** @description Before */
                before?: components["parameters"]["before"];
                /** @description About this case, its messages and attachments */
                case?: string;
                /** @description Not before */
                from?: string;
                /** @description Of this operator */
                operator?: components["parameters"]["operator"];
                /** @description About this very thing: a contact, a message … */
                subject?: components["parameters"]["subject"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The bytes, as a file to keep */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    getTrailState: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The last seal and the last anchors */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TrailState"];
                };
            };
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    uploadFile: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The file */
        requestBody: {
            content: {
                "multipart/form-data": {
                    /** Format: binary */
                    file: string;
                };
            };
        };
        responses: {
            /** @description The file, kept */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            413: components["responses"]["too-large"];
            415: components["responses"]["media-type-not-accepted"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    listViews: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One’s own first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedViews"];
                };
            };
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    saveView: {
        parameters: {
            query?: never;
            header?: {
                /** @description A UUID made by the client: the id of what is made. Sending the same request again under the same key does nothing and answers the same. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SaveView"];
            };
        };
        responses: {
            /** @description The view */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            409: components["responses"]["idempotency-mismatch"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    getView: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The view */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The view */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    removeView: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The view */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    changeView: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The view */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeView"];
            };
        };
        responses: {
            /** @description The view after it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    listViewCases: {
        parameters: {
            query?: {
                /** @description The `next` of the page before */
                after?: components["parameters"]["after"];
                /** @description Most items of the page */
                limit?: components["parameters"]["limit"];
            };
            header?: never;
            path: {
                /** @description The view */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of cases */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CasePage"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    getWorkItem: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The work item */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The work item with its explanations */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkItemView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    showOwnData: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ShowOwnData"];
            };
        };
        responses: {
            /** @description The data */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnData"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    claimOwnCase: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ClaimOwnCase"];
            };
        };
        responses: {
            /** @description The data after it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnData"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    askOwnDataCode: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AskOwnDataCode"];
            };
        };
        responses: {
            /** @description If something is kept of this address, a code is on its way */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    decideOwnConsent: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DecideOwnConsent"];
            };
        };
        responses: {
            /** @description The data after it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnData"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            412: components["responses"]["version-stale"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    beginCitizenLogin: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BeginCitizenLogin"];
            };
        };
        responses: {
            /** @description Where the browser goes */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CitizenLoginBegun"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    openOwnDataByLogin: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FinishCitizenLogin"];
            };
        };
        responses: {
            /** @description What opens the data */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnDataSession"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.login-not-usable.login-refused.login-too-weak.not-allowed"];
            404: components["responses"]["not-found"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    listCitizenProviders: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The providers */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CitizenProviderList"];
                };
            };
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    askOwnRight: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AskOwnRight"];
            };
        };
        responses: {
            /** @description The data after it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnData"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            409: components["responses"]["channel-cannot.no-reply-address.reply-window-closed"];
            422: components["responses"]["invalid-input.text-too-long"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    openOwnData: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OpenOwnData"];
            };
        };
        responses: {
            /** @description What opens the data */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnDataSession"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    endOwnData: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EndOwnData"];
            };
        };
        responses: {
            /** @description It opens nothing any more */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnDataEnded"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    rateService: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RateService"];
            };
        };
        responses: {
            /** @description The rating */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RatingView"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            409: components["responses"]["transition-not-allowed"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
    trackCase: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TrackCase"];
            };
        };
        responses: {
            /** @description The case */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TrackedCase"];
                };
            };
            400: components["responses"]["malformed-request"];
            401: components["responses"]["not-authenticated"];
            403: components["responses"]["foreign-page.not-allowed"];
            404: components["responses"]["not-found"];
            422: components["responses"]["invalid-input"];
            429: components["responses"]["too-many-requests"];
            500: components["responses"]["internal-error"];
            503: components["responses"]["temporarily-unavailable"];
        };
    };
}
