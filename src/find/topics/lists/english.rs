//! The English lists.

use super::Lists;

pub(super) const EN: Lists = Lists {
    links: "of",
    before_noun: "the a an this that these those its their our his her my your some any no each every another such both in \
        on for with from about against into over by at under between through during without within across toward \
        towards amid among despite like per via beyond behind since until upon onto off above below around after \
        before",
    before_verb: "to i we they he she it you who will would can could should may might must shall do does did don't doesn't \
        didn't won't can't cannot couldn't wouldn't shouldn't not never let let's lets i'll we'll they'll you'll \
        he'll she'll it'll i'd we'd they'd you'd",
    empty: "and or but nor if then than as so because while when where why how what which whom whose whether though \
        although unless is are was were be been being am has have had having isn't aren't wasn't weren't hasn't \
        haven't hadn't i'm we're they're you're it's he's she's that's there's i've we've they've you've there \
        here up down out away back again also just only even still yet too very much more most less least many few \
        several all other others own same else ever always often already soon now once almost quite rather instead \
        however therefore thus hence perhaps maybe per them us him me itself himself herself themselves ourselves \
        yourself one two three four five six seven eight nine ten dozen half first second third last next new old \
        recent current former late latest early earlier later long longer short good better best bad worse worst \
        big bigger biggest large larger largest small smaller high higher highest low lower lowest great greater \
        major main key top full further far near likely unlikely able due certain sure possible real true \
        different important significant strong stronger weak free open whole entire total various general little \
        enough around along together today ahead easy hard clear close common additional previous ongoing \
        potential single",
    pale: "night day winter summer spring autumn startup startups developer developers maker makers researcher \
        researchers sector sectors team teams u.s. u.k. u.n. united states america american americans country \
        countries nation nations campaign company companies firm firms government state world business businesses \
        industry change changes data share shares line lines risk risks level levels group groups member members \
        area areas case cases issue issues problem problems question questions result results effect effects \
        impact role process system story reason reasons part parts place term terms form sign figures effort \
        efforts step steps view views idea ideas increase increases work point points number numbers amount side \
        statement interview matter force forces range response",
    dull: "basis average past future present mid record records gallon candidate candidates nominee secretary senator \
        governor mayor minister leader leaders editorial observers observer participants journal press post times \
        reuters bloomberg factors factor information trend trends hand hands decision decisions action actions \
        said say says saying told tell tells telling asked ask asks added adds adding according reported report \
        reports reporting reportedly noted notes note wrote write writes written argued argues claimed claim \
        claims announced announce explained explain explains suggest suggests suggested warned warns warn called \
        call calls calling believe believes believed think thinks thought know knows known expect expects expected \
        expecting see seen sees saw seeing look looks looking looked make makes made making take takes took taken \
        taking get gets got getting give gives gave given giving go goes going went gone come comes came coming \
        keep keeps kept keeping put puts need needs needed want wants wanted use uses used using try trying tried \
        seem seems seemed appear appears appeared show shows showed shown showing find found help helps helped \
        helping mean means meant happen happens happened happening become becomes became begin begins began start \
        starts started starting stop continue continues continued continuing remain remains remained stay turn \
        turns turned turning run running set bring brings brought leave left include includes included including \
        involve based related read reading follow followed following lead leads led feel feels felt hold held move \
        moved moves moving rise rises rose risen rising fall falls fell fallen falling grow grows grew growing \
        grown increased increasing decline declined declines drop dropped drops climb climbed climbing jump jumped \
        reach reached hit hits cut raise raised raises raising reduce reduced allow allowed cause caused causing \
        create created push pushed pull pay paid face faced provide provided offer offered offers year years \
        yearly month months monthly week weeks weekly days daily hour hours minute minutes time moment period \
        decade decades century quarter quarters today yesterday tomorrow tonight morning afternoon evening weekend \
        monday tuesday wednesday thursday friday saturday sunday january february march april may june july august \
        september october november december jan feb mar apr jun jul aug sep sept oct nov dec percent percentage \
        per cent million millions billion billions trillion trillions thousand thousands hundred hundreds lot lots \
        bit kind type sort way ways thing things something anything nothing everything someone anyone everyone \
        person people man men woman women fact example end stories article articles author newsletter photo video \
        email website page link source sources reporter reporters journalist editor news expert experts analyst \
        analysts official officials spokesman spokeswoman spokesperson chief executive ceo president senior \
        director manager professor head founder chairman mr mrs ms dr sen rep gov vice deputy comment comments \
        sense word words list changed changing situation signs figure facts chance chances course difference rest \
        half plus versus vs et al inc corp ltd co llc well works working worked live living lives ago prior anyway \
        really actually probably certainly simply basically especially meanwhile nearly fully exactly",
};
