namespace Rag.Analysis;

/// <summary>Common abbreviations that are written with a full stop, lower case, by language.</summary>
internal static class AbbreviationLists
{
    /// <summary>Titles and the like: a name follows.</summary>
    public static string BeforeName(string language) => language switch
    {
        "en" => "mr mrs ms messrs mx dr prof rev fr st ste mt gen col lt maj capt cmdr sgt adm gov sen rep pres supt hon vs viz cf esq",
        "de" => "hr fr frl dipl ing mag bzw",
        "es" => "sr sra srta sres dra lic ud uds dña arq ing gral ee",
        "fr" => "m mm mme mmes mlle mlles me mgr",
        "it" => "sig sigg sigra dott dssa avv geom rag",
        "pt" => "sr sra srta dra eng exmo exma",
        "nl" => "dhr mevr mw drs ir mr",
        "ru" => "г гг ул им акад проф доц",
        "sv" => "hr fr dir bl",
        _ => "",
    };

    /// <summary>What is abbreviated before a number.</summary>
    public static string BeforeNumber(string language) => language switch
    {
        "en" => "no nos n° nº p pp fig figs vol vols ch chap sec sect eq eqs art para paras ref refs ver rs ext tel ca approx op bd app al",
        "de" => "nr s abb bd kap abs ziff tab aufl ca tel",
        "es" => "núm núms pág págs párr párrf cap tel tél cra fig art arts",
        "fr" => "n° num péch tél chap fig art env",
        "it" => "pag pagg cap fig art tel",
        "pt" => "núm pág págs cap fig art tel",
        "nl" => "nr blz hfst afb art tel",
        "ru" => "рис стр табл гл ст тел",
        "sv" => "nr sid kap fig tel",
        _ => "",
    };

    /// <summary>Others, which may also end a sentence.</summary>
    public static string Ordinary(string language) => language switch
    {
        "en" => "co corp inc ltd llc bros plc jr sr ph etc al dept univ assn est ave blvd rd sq hwy ft min mins hr hrs sec approx incl excl misc ind wash calif penn"
            + " jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thurs fri sat sun med btw ed eds trans cont max kg km cm mm lb lbs oz resp",
        "de" => "usw bzw vgl evtl ggf inkl zzgl sog gem jr z b d h u str tel aug sept okt nov dez jan feb mär mio mrd mind max geb gest",
        "es" => "ene feb mar abr may jun jul ago sep sept oct nov dic lun mié jue vie sáb dom min hs km aprox etc av avda cta cte depto admon admonón admón uu cia cía ltda ej",
        "fr" => "janv févr avr juil août sept oct nov déc etc env av bd ex c-à-d cf éd vol",
        "it" => "gen feb apr mag giu lug ago set ott nov dic ecc es circa cfr spa srl",
        "pt" => "jan fev abr mai jun jul ago set out nov dez etc av ltda cia ex",
        "nl" => "jan feb mrt apr jun jul aug sept okt nov dec enz bijv o.a d.w.z evt incl excl resp",
        "ru" => "т д п е руб коп тыс млн млрд см др пр напр",
        "sv" => "jan feb mar apr jun jul aug sept okt nov dec osv bl dvs ca inkl exkl resp t ex",
        _ => "",
    };
}
