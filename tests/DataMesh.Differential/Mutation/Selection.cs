using System.Collections.Immutable;
using DataMesh.Cue.Syntax;

namespace DataMesh.Differential.Mutation;

/// <summary>Some of the declarations of a package, with what they refer to.</summary>
internal static class Selection
{
    private const int Many = 4;

    public static ImmutableArray<Declaration> Of(Seed seed, Random random)
    {
        if (seed.Declarations.Length <= Many && random.Next(3) > 0)
            return seed.Declarations;
        HashSet<Declaration> chosen = [];
        Queue<Declaration> open = [];
        void Choose(Declaration declaration)
        {
            if (chosen.Add(declaration))
                open.Enqueue(declaration);
        }

        for (int i = random.Next(1, Many); i > 0; i--)
            Choose(seed.Declarations[random.Next(seed.Declarations.Length)]);
        while (open.TryDequeue(out Declaration? declaration))
        {
            IReadOnlyCollection<string> names = Names.Of([declaration]).Referred;
            foreach (Declaration other in seed.Declarations.Where(other => GivenBy(other).Any(names.Contains)))
                Choose(other);
        }

        return [.. seed.Declarations.Where(chosen.Contains)];
    }

    private static IEnumerable<string> GivenBy(Declaration declaration)
    {
        if (declaration is LetDeclaration let)
            yield return let.Name.Name;
        if (declaration is not Field field)
            yield break;
        if (field.Label is Identifier label)
            yield return label.Name;
        if (field.Alias is { } alias)
            yield return alias.Name.Name;
        if (field.PostfixAlias?.FieldName is { } name)
            yield return name.Name;
        if (field.Value is AliasExpression value)
            yield return value.Name.Name;
    }
}
