"""Pictures of figures, drawn with the theme's colours: never colour alone, every figure in words as well."""
